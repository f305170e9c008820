import { expect, test } from 'vitest';
import { type DropEntry, gatherChosenFolder, gatherDropped } from '../../../../renderer/stores/uploads/gather-files.ts';
import { MAX_STAGED_FILES } from '../../../../shared/contract/transfers.ts';

function fileEntry(name: string): DropEntry {
  return { kind: 'file', name, getFile: () => Promise.resolve(new File(['x'], name)) };
}

async function* iterate(entries: Iterable<DropEntry>): AsyncGenerator<DropEntry> {
  yield* entries;
}

function folderEntry(name: string, entries: Iterable<DropEntry>): DropEntry {
  return { kind: 'directory', name, getEntries: () => iterate(entries) };
}

test('a file dropped on its own is always included, even if it is not a bundle', async () => {
  const gathered = await gatherDropped([fileEntry('notes.txt'), { kind: 'text' }]);
  expect(gathered.files.map(({ name }) => name)).toEqual(['notes.txt']);
  expect(gathered.skippedCount).toBe(0);
});

test('dropped folders are searched at any depth, and other files in them are counted and skipped', async () => {
  const folder = folderEntry('avatars', [
    fileEntry('mara.gab'),
    fileEntry('.DS_Store'),
    fileEntry('._mara.gab'),
    folderEntry('old', [fileEntry('OTTO.GAB'), fileEntry('notes.txt')]),
  ]);
  const gathered = await gatherDropped([folder]);
  expect(gathered.files.map(({ name }) => name)).toEqual(['mara.gab', 'OTTO.GAB']);
  expect(gathered.skippedCount).toBe(3);
});

test('a dropped folder that contains itself does not cause an endless search', async () => {
  const folder: DropEntry = { kind: 'directory', name: 'loop', getEntries: () => iterate([folder]) };
  expect((await gatherDropped([folder])).files).toEqual([]);
});

test('a drop includes at most as many files as one confirmation uploads', async () => {
  function* endless(): Generator<DropEntry> {
    for (;;) yield fileEntry('mara.gab');
  }
  const gathered = await gatherDropped([folderEntry('many', endless())]);
  expect(gathered.files).toHaveLength(MAX_STAGED_FILES);
  expect(gathered.isCut).toBe(true);
  const exactly = Array.from({ length: MAX_STAGED_FILES }, () => fileEntry('mara.gab'));
  expect((await gatherDropped(exactly)).isCut).toBe(false);
});

test('a chosen folder yields its bundles and the number of other files', () => {
  const gathered = gatherChosenFolder([new File([], 'a.gab'), new File([], 'b.png'), new File([], 'c.Gab')]);
  expect(gathered.files.map(({ name }) => name)).toEqual(['a.gab', 'c.Gab']);
  expect(gathered.skippedCount).toBe(1);
});
