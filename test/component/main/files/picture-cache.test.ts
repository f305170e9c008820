import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPictureCache } from '../../../../main/files/picture-cache.ts';
import { DAY_MS } from '../../../../shared/lib/durations.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const HASH = { a: 'a'.repeat(16), b: 'b'.repeat(16), c: 'c'.repeat(16) };
const picture = (sizeBytes: number) => new Uint8Array(sizeBytes).fill(7);

describe('createPictureCache', () => {
  it('finds pictures that an earlier run stored', async () => {
    const folder = await tempFolder();
    await createPictureCache(folder, 1000).write(HASH.a, picture(10));
    const cache = createPictureCache(folder, 1000);
    expect(await cache.has(HASH.a)).toBe(true);
    expect(new Uint8Array((await cache.read(HASH.a)) ?? [])).toEqual(picture(10));
    expect(await cache.read(HASH.b)).toBeNull();
  });

  it('evicts the least recently used picture when the limit is exceeded', async () => {
    const folder = await tempFolder();
    const cache = createPictureCache(folder, 250);
    await cache.write(HASH.a, picture(100));
    await cache.write(HASH.b, picture(100));
    await tick();
    await cache.read(HASH.a);
    await cache.write(HASH.c, picture(100));
    expect((await readdir(folder)).sort()).toEqual([HASH.a, HASH.c]);
    expect(await cache.has(HASH.b)).toBe(false);
  });

  it('does not evict the picture that is used now because the clock was set back', async () => {
    const folder = await tempFolder();
    const cache = createPictureCache(folder, 250);
    await cache.write(HASH.a, picture(100));
    await cache.write(HASH.b, picture(100));
    vi.setSystemTime(Date.now() - DAY_MS);
    onTestFinished(() => void vi.useRealTimers());
    await cache.read(HASH.a);
    await cache.write(HASH.c, picture(100));
    expect((await readdir(folder)).sort()).toEqual([HASH.a, HASH.c]);
  });

  it('reports when prefetching would evict another picture', async () => {
    const cache = createPictureCache(await tempFolder(), 100);
    expect(await cache.hasRoom()).toBe(true);
    await cache.write(HASH.a, picture(95));
    expect(await cache.hasRoom()).toBe(false);
  });

  it('notices that pictures were deleted from disk', async () => {
    const folder = await tempFolder();
    const cache = createPictureCache(folder, 100);
    await cache.write(HASH.a, picture(10));
    await rm(join(folder, HASH.a));
    expect(await cache.read(HASH.a)).toBeNull();
    expect(await cache.has(HASH.a)).toBe(false);
  });

  it.each(['../../etc/passwd', 'A'.repeat(16), ''])('refuses the name %j', async (name) => {
    const cache = createPictureCache(await tempFolder(), 100);
    await expect(cache.write(name, picture(1))).rejects.toThrow('Not a picture');
  });
});

/** The clock must advance between two uses, or they have the same time. */
async function tick(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise(setImmediate);
}
