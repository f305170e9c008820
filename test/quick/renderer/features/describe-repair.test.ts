import { expect, test } from 'vitest';
import { describeRepair, isAllKept } from '../../../../renderer/features/repair/describe-repair.ts';
import type { LibraryRepair } from '../../../../shared/contract/library-repair.ts';

const allKept: LibraryRepair = {
  repairedAt: '2026-11-30T10:00:00.000Z',
  damagedFile: '/home/dana/library.db.damaged-2026-11-30T10-00-00.000Z',
  operations: { kept: 3, isComplete: true },
  parkedOperations: 0,
  uploads: { kept: 1, isComplete: true },
  settings: { kept: 0, isComplete: true },
};

test('a repair that kept everything says so', () => {
  expect(describeRepair(allKept)).toBe(
    'The library on this computer was damaged, so Gabinet made a new one. Projects and avatars are loaded from the server again. 3 pending changes and 1 upload were kept. Nothing was lost.',
  );
  expect(isAllKept(allKept)).toBe(true);
});

test('a repair without pending work does not list what was kept', () => {
  const none = { ...allKept, operations: { kept: 0, isComplete: true }, uploads: { kept: 0, isComplete: true } };
  expect(describeRepair(none)).toMatch(/from the server again\. Nothing was lost\.$/);
});

test('a repair that could not read everything says what may be lost, and what needs a decision', () => {
  const partial = {
    ...allKept,
    operations: { kept: 1, isComplete: false },
    parkedOperations: 1,
    uploads: { kept: 0, isComplete: false },
  };
  expect(describeRepair(partial)).toMatch(
    /1 pending change was kept\. 1 change needs your attention: it isn't known whether it was sent\. Other pending changes and uploads may be lost, because parts of the file can't be read\. The files of lost uploads are kept beside the library for 30 days\.$/,
  );
  expect(isAllKept(partial)).toBe(false);
});
