import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type BundleFacts, createBundleCache } from '../../../../main/files/bundle-cache.ts';
import { sha256Hex } from '../../../../node/sha256.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const factsOf = (bytes: Uint8Array): BundleFacts => ({
  sha256: sha256Hex(bytes),
  sizeBytes: bytes.byteLength,
});
const bundle = (fill: number, sizeBytes = 100) => Buffer.alloc(sizeBytes, fill);

async function newCache(capBytes = 1000, folder?: string, pinned: ReadonlySet<string> = new Set()) {
  const place = folder ?? (await tempFolder());
  const measured: string[] = [];
  const quarantined: string[] = [];
  const cache = createBundleCache({
    folder: place,
    capBytes,
    isPinned: (sha256) => pinned.has(sha256),
    measure: async (path) => {
      measured.push(path);
      return factsOf(await readFile(path));
    },
    onQuarantine: (movedTo) => quarantined.push(movedTo),
  });
  const receive = async (bytes: Uint8Array, wanted = factsOf(bytes)) => {
    const path = await cache.incomingPath();
    await writeFile(path, bytes);
    return cache.keep(wanted, { path, ...factsOf(bytes) });
  };
  return { folder: place, cache, measured, quarantined, receive };
}

describe('createBundleCache', () => {
  it('finds bundles that it was given, and reads those of an earlier run once before returning them', async () => {
    const first = await newCache();
    const bytes = bundle(1);
    const path = await first.receive(bytes);
    expect(await first.cache.find(factsOf(bytes))).toBe(path);
    expect(first.measured).toEqual([]);
    const second = await newCache(1000, first.folder);
    expect(await second.cache.find(factsOf(bytes))).toBe(path);
    expect(await second.cache.find(factsOf(bytes))).toBe(path);
    expect(second.measured).toEqual([path]);
  });

  it('sets aside a received file that is not the wanted one', async () => {
    const { cache, quarantined, receive } = await newCache();
    expect(await receive(bundle(1), factsOf(bundle(2)))).toBeNull();
    expect(quarantined).toHaveLength(1);
    expect(await readFile(quarantined[0] ?? '')).toEqual(bundle(1));
    expect(await cache.find(factsOf(bundle(2)))).toBeNull();
  });

  it.each([
    ['of another size', bundle(1, 99)],
    ['of the same size', bundle(9)],
  ])('puts aside what became something else on the disk, %s', async (_what, spoilt) => {
    const first = await newCache();
    const path = (await first.receive(bundle(1))) ?? '';
    await writeFile(path, spoilt);
    const second = await newCache(1000, first.folder);
    expect(await second.cache.find(factsOf(bundle(1)))).toBeNull();
    expect(second.quarantined).toHaveLength(1);
    expect(await second.receive(bundle(1))).toBe(path);
  });

  it('limits how many files it sets aside', async () => {
    const { folder, receive } = await newCache();
    for (let fill = 1; fill <= 9; fill += 1) await receive(bundle(fill), factsOf(bundle(100 + fill)));
    expect(await readdir(`${folder}/quarantine`)).toHaveLength(5);
  });

  it('measures an adopted file before its first use, and deletes a second copy', async () => {
    const { cache, measured } = await newCache();
    for (let time = 0; time < 2; time += 1) {
      const path = await cache.incomingPath();
      await writeFile(path, bundle(3));
      await cache.adopt(factsOf(bundle(3)), path);
      await expect(readFile(path)).rejects.toThrow('ENOENT');
    }
    expect(await cache.find(factsOf(bundle(3)))).not.toBeNull();
    expect(measured).toHaveLength(1);
  });

  it('evicts the least recently used bundle when the limit is exceeded', async () => {
    const { cache, receive } = await newCache(250);
    await receive(bundle(1));
    await receive(bundle(2));
    await tick();
    await cache.find(factsOf(bundle(1)));
    await receive(bundle(3));
    expect(await cache.find(factsOf(bundle(2)))).toBeNull();
    expect(await cache.find(factsOf(bundle(1)))).not.toBeNull();
  });

  it('never evicts or counts pinned bundles, and evicts them after unpinning', async () => {
    const pinned = new Set([factsOf(bundle(1)).sha256, factsOf(bundle(2)).sha256]);
    const { cache, receive } = await newCache(250, undefined, pinned);
    for (const fill of [1, 2, 3, 4]) {
      await receive(bundle(fill));
      await tick();
    }
    expect(await Promise.all([1, 2, 3, 4].map((fill) => cache.holds(factsOf(bundle(fill)))))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    await receive(bundle(5));
    expect(await Promise.all([1, 2, 3].map((fill) => cache.holds(factsOf(bundle(fill)))))).toEqual([true, true, false]);
    pinned.clear();
    await cache.trim();
    expect(await Promise.all([1, 2, 5].map((fill) => cache.holds(factsOf(bundle(fill)))))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('reports only files with the right size as cached', async () => {
    const { cache, receive } = await newCache();
    const path = (await receive(bundle(1))) ?? '';
    expect(await cache.holds({ ...factsOf(bundle(1)), sizeBytes: 99 })).toBe(false);
    await rm(path);
    expect(await cache.holds(factsOf(bundle(1)))).toBe(false);
  });

  it('notices that bundles were deleted from disk, and deletes incomplete files of an earlier run', async () => {
    const first = await newCache();
    const path = (await first.receive(bundle(1))) ?? '';
    await rm(path);
    expect(await first.cache.find(factsOf(bundle(1)))).toBeNull();
    await writeFile(await first.cache.incomingPath(), 'half');
    const second = await newCache(1000, first.folder);
    await second.cache.incomingPath();
    expect(await readdir(`${first.folder}/incoming`)).toEqual([]);
  });

  it('refuses a name that is not a hash', async () => {
    const { cache } = await newCache();
    await expect(cache.adopt({ sha256: '../../etc/passwd', sizeBytes: 1 }, '/nowhere')).rejects.toThrow('Not a bundle');
  });
});

/** The clock must advance between two uses, or they have the same time. */
async function tick(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise(setImmediate);
}
