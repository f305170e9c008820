import { expect, it } from 'vitest';
import { describeRoom, describeStorage } from '../../../../renderer/stores/library/storage-rules.ts';
import type { ProjectStorageView } from '../../../../shared/contract/projects.ts';

const MB = 1_000_000;
const storage = (more: Partial<ProjectStorageView> = {}): ProjectStorageView => ({
  project: { usedBytes: 12 * MB, quotaBytes: 50 * MB },
  customer: { usedBytes: 20 * MB, quotaBytes: 100 * MB },
  user: { usedBytes: 5 * MB, quotaBytes: null },
  ...more,
});

it('the quota with the least room is shown', () => {
  expect(describeStorage(storage())).toEqual({ text: '12.0 MB of 50.0 MB used', isProblem: false });
  expect(describeStorage(storage({ customer: { usedBytes: 90 * MB, quotaBytes: 100 * MB } }))?.text).toBe(
    "90.0 MB of the customer's 100 MB used",
  );
  expect(describeStorage(storage({ user: { usedBytes: 5 * MB, quotaBytes: 6 * MB } }))?.text).toBe(
    '5.0 MB of your 6.0 MB used',
  );
});

it('nothing is shown without a quota', () => {
  const unlimited = { usedBytes: 7, quotaBytes: null };
  const view = { project: unlimited, customer: null, user: unlimited };
  expect(describeStorage(view)).toBeNull();
  expect(describeRoom(view, 1000 * MB)).toBeNull();
});

it('a full quota is a problem, also if it holds more than it allows', () => {
  expect(describeStorage(storage({ project: { usedBytes: 60 * MB, quotaBytes: 50 * MB } }))).toEqual({
    text: 'No storage left in this project',
    isProblem: true,
  });
});

it('files that do not fit are announced before they are uploaded', () => {
  expect(describeRoom(storage(), 38 * MB)?.isProblem).toBe(false);
  expect(describeRoom(storage(), 38 * MB + 1)).toEqual({
    text: 'These files need 38.0 MB, but only 38.0 MB are left.',
    isProblem: true,
  });
  expect(describeRoom(storage({ user: { usedBytes: MB, quotaBytes: MB } }), 1)?.text).toBe('You have no storage left');
});
