import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Readers } from '../../../../main/db/local-database.ts';
import { setAsideDirOf, setUnusedUploadCopiesAside } from '../../../../main/transfers/upload-copies.ts';
import { DAY_MS } from '../../../../shared/lib/durations.ts';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'gabinet-test-copies-')), 'upload-copies');
  await mkdir(dir);
  await writeFile(join(dir, 'needed.gab'), 'needed');
  await writeFile(join(dir, 'unused.gab'), 'unused');
});
afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }));

const readersNaming = (...names: readonly string[]) => {
  const copyPaths = () => names.map((name) => join(dir, name));
  return { transfers: { copyPaths } } as unknown as Readers;
};
const NOW = new Date('2026-11-30T12:00:00Z');

test('copies that no transfer needs are set aside, the others stay', async () => {
  expect(await setUnusedUploadCopiesAside(dir, readersNaming('needed.gab'), NOW)).toBe(1);
  expect(await readdir(dir)).toEqual(['needed.gab']);
  expect(await readFile(join(setAsideDirOf(dir), '2026-11-30', 'unused.gab'), 'utf8')).toBe('unused');
});

test('a library that started again without its transfers loses no copy for 30 days', async () => {
  expect(await setUnusedUploadCopiesAside(dir, readersNaming(), NOW)).toBe(2);
  const after = (days: number) =>
    setUnusedUploadCopiesAside(dir, readersNaming(), new Date(NOW.getTime() + days * DAY_MS));
  expect(await after(30)).toBe(0);
  expect((await readdir(join(setAsideDirOf(dir), '2026-11-30'))).sort()).toEqual(['needed.gab', 'unused.gab']);
  await after(31);
  expect(await readdir(setAsideDirOf(dir))).toEqual([]);
});

test('copies that were set aside while the clock was wrong are kept for 30 days, too', async () => {
  await setUnusedUploadCopiesAside(dir, readersNaming('needed.gab'), new Date('1970-01-01T00:05:00Z'));
  await setUnusedUploadCopiesAside(dir, readersNaming('needed.gab'), NOW);
  expect(await readdir(setAsideDirOf(dir))).toEqual(['2026-11-30']);
  expect(await readFile(join(setAsideDirOf(dir), '2026-11-30', 'unused.gab'), 'utf8')).toBe('unused');
});
