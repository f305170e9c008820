import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDragCopies } from '../../../../main/media/drag-copies.ts';
import { HOUR_MS } from '../../../../shared/lib/durations.ts';
import { ok } from '../../../../shared/lib/result.ts';
import { mustBe } from '../../../support/application.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { newVersionUuid } from '../../../support/uuids.ts';

const CONTENT = 'the bytes of a bundle';

/** One version whose bytes are cached under a name that says nothing. */
async function withCachedBundle(fileName = 'Mara.gab') {
  const root = await tempFolder();
  const cached = join(root, 'cache', 'a'.repeat(64));
  await mkdir(join(root, 'cache'));
  await writeFile(cached, CONTENT);
  const versionUuid = newVersionUuid();
  const folder = join(root, 'dragged');
  const copies = createDragCopies({
    folder,
    bundles: {
      local: async (bundle) => {
        const isHere = bundle.kind === 'version' && bundle.versionUuid === versionUuid;
        return ok(isHere ? { path: cached, fileName, sizeBytes: CONTENT.length } : null);
      },
    },
    pictures: { cached: async () => new Uint8Array([1]) },
  });
  const prepare = async () => {
    const prepared = mustBe(await copies.prepare(versionUuid));
    const file = prepared === null ? null : await copies.find(prepared.dragId);
    if (file === null) throw new Error('Nothing was prepared');
    return file;
  };
  return { copies, folder, cached, prepare };
}

describe('a bundle that is dragged out of the window', () => {
  it('is a copy under its own name, so that no program can change the cached file', async () => {
    const { prepare, cached } = await withCachedBundle();
    const { path, picture } = await prepare();
    expect(basename(path)).toBe('Mara.gab');
    expect(await readFile(path, 'utf8')).toBe(CONTENT);
    expect(picture).toEqual(new Uint8Array([1]));
    await writeFile(path, 'changed');
    expect(await readFile(cached, 'utf8')).toBe(CONTENT);
    expect(await readFile((await prepare()).path, 'utf8')).toBe(CONTENT);
  });

  it.each([
    ['../../evil/Mara.gab', /^[^/]*Mara\.gab$/],
    ['a/b.gab', /^a_b\.gab$/],
    ['..', /^avatar\.gab$/],
  ])('never leaves its folder, not as %s', async (fileName, expected) => {
    const { prepare, folder } = await withCachedBundle(fileName);
    const { path } = await prepare();
    expect(basename(path)).toMatch(expected);
    expect(join(path, '..', '..')).toBe(folder);
  });

  it('is not prepared if its bytes are not on this computer', async () => {
    const { copies, folder } = await withCachedBundle();
    expect(await copies.prepare(newVersionUuid())).toEqual(ok(null));
    expect(await readdir(folder).catch(() => [])).toEqual([]);
  });

  it('is not prepared, and leaves no folder, if it has just been evicted from the cache', async () => {
    const root = await tempFolder();
    const copies = createDragCopies({
      folder: join(root, 'dragged'),
      bundles: { local: async () => ok({ path: join(root, 'gone'), fileName: 'Mara.gab', sizeBytes: 1 }) },
      pictures: { cached: async () => null },
    });
    expect(await copies.prepare(newVersionUuid())).toEqual(ok(null));
    expect(await readdir(join(root, 'dragged'))).toEqual([]);
  });

  it('fails with a reason if the disk refuses the copy', async () => {
    const { copies, folder, prepare } = await withCachedBundle();
    await writeFile(folder, 'a file where the folder should be');
    await expect(prepare()).rejects.toThrow('file_unusable');
    expect(copies.owns(join(folder, 'Mara.gab'))).toBe(false);
  });

  it('is recognized when it is dropped on its own window', async () => {
    const { copies, cached, prepare } = await withCachedBundle();
    const { path } = await prepare();
    expect([path, cached, `${path}.gab`].map((candidate) => copies.owns(candidate))).toEqual([true, false, false]);
  });

  it('is kept for an hour, so that a program that received it can read it', async () => {
    const { copies, folder, prepare } = await withCachedBundle();
    const [older, newer] = [await prepare(), await prepare()];
    const past = (ageMs: number) => new Date(Date.now() - ageMs);
    await utimes(join(older.path, '..'), past(1.1 * HOUR_MS), past(1.1 * HOUR_MS));
    await utimes(join(newer.path, '..'), past(0.9 * HOUR_MS), past(0.9 * HOUR_MS));
    await prepare();
    expect(await readdir(folder)).toHaveLength(2);
    expect([copies.owns(older.path), copies.owns(newer.path)]).toEqual([false, true]);
  });

  it('is one of at most twenty copies', async () => {
    const { folder, prepare } = await withCachedBundle();
    for (let count = 0; count < 23; count += 1) await prepare();
    expect(await readdir(folder)).toHaveLength(20);
    expect(await readFile((await prepare()).path, 'utf8')).toBe(CONTENT);
  });
});
