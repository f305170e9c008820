import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  BlobMissingError,
  type BlobStore,
  type QuarantinedBlob,
  withLocalFiles,
} from '../../../server/blobs/blob-store.ts';
import { localBlobStore } from '../../../server/blobs/local-blob-store.ts';
import { HOUR_MS } from '../../../shared/lib/durations.ts';

let dir: string;
let store: BlobStore;
const KEY = 'avatars/5b1c8b0a-6f0e-4c57-9a44-0d2f7f8e1a08.gab';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gabinet-test-blobs-'));
  store = localBlobStore(join(dir, 'store'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function keysIn(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

test('the store takes over a file', async () => {
  const source = join(dir, 'source');
  await writeFile(source, 'content');
  await store.putFile(KEY, source);
  expect(await readFile(join(dir, 'store', KEY), 'utf8')).toBe('content');
  expect(await readdir(dir)).toEqual(['store']);
});

test('the store writes bytes and leaves no partial file', async () => {
  await store.putBytes(KEY, Buffer.from('content'));
  expect(await readdir(join(dir, 'store', 'avatars'))).toEqual([KEY.slice('avatars/'.length)]);
});

describe('a blob with the bytes of another one', () => {
  const OTHER = 'avatars/0d0f2a52-3a0e-4f3f-8c58-b4a8a0a4a7c1.gab';
  const statOf = (key: string) => stat(join(dir, 'store', key));

  test('is the same file under another name, as new as if it had been written', async () => {
    await store.putBytes(KEY, Buffer.from('content'));
    await utimes(join(dir, 'store', KEY), new Date(0), new Date(0));
    expect(await store.putSame(OTHER, KEY)).toBe(true);
    const [one, other] = [await statOf(KEY), await statOf(OTHER)];
    expect(other.ino).toBe(one.ino);
    expect(Date.now() - other.mtimeMs).toBeLessThan(HOUR_MS);
  });

  test('stays when the other one is removed', async () => {
    await store.putBytes(KEY, Buffer.from('content'));
    await store.putSame(OTHER, KEY);
    await store.remove(KEY);
    expect((await buffer(await store.read(OTHER))).toString()).toBe('content');
  });

  test('is not stored if the other one is gone', async () => {
    expect(await store.putSame(OTHER, KEY)).toBe(false);
    expect(await keysIn('avatars')).toEqual([]);
  });
});

test('the store knows how much room its disk has', async () => {
  expect(await store.freeBytes()).toBeGreaterThan(0);
});

test('the store reads a whole blob or a range with both ends', async () => {
  await store.putBytes(KEY, Buffer.from('0123456789'));
  expect((await buffer(await store.read(KEY))).toString()).toBe('0123456789');
  expect((await buffer(await store.read(KEY, { first: 2, last: 4 }))).toString()).toBe('234');
});

test('the store lists its blobs', async () => {
  expect(await store.info(KEY)).toBeNull();
  await store.putBytes(KEY, Buffer.from('abc'));
  expect(await store.info(KEY)).toMatchObject({ key: KEY, sizeBytes: 3 });
  expect(await keysIn('avatars')).toEqual([KEY]);
  expect(await keysIn('thumbnails')).toEqual([]);
});

test('removing a blob twice is fine, reading a removed one fails', async () => {
  await store.putBytes(KEY, Buffer.from('abc'));
  await store.remove(KEY);
  await store.remove(KEY);
  await expect(store.read(KEY)).rejects.toThrow(BlobMissingError);
});

test('the store lends a blob as a local file', async () => {
  await store.putBytes(KEY, Buffer.from('abc'));
  expect(await store.withLocalFile(KEY, (path) => readFile(path, 'utf8'))).toBe('abc');
});

test('the store does not start work on a blob that is missing', async () => {
  const work = vi.fn(async () => 'done');
  await expect(store.withLocalFile(KEY, work)).rejects.toThrow(BlobMissingError);
  expect(work).not.toHaveBeenCalled();
});

test('several blobs are lent at once, by their keys', async () => {
  const keys = [KEY, 'thumbnails/5b1c8b0a-6f0e-4c57-9a44-0d2f7f8e1a08.webp'];
  for (const key of keys) await store.putBytes(key, Buffer.from(key));
  const contents = await withLocalFiles(store, [...keys, KEY], (paths) =>
    Promise.all([...paths].map(async ([key, path]) => [key, await readFile(path, 'utf8')])),
  );
  expect(contents).toEqual(keys.map((key) => [key, key]));
});

test('a blob counts as young when it is stored, however old its bytes are', async () => {
  const source = join(dir, 'source');
  await writeFile(source, 'content');
  await utimes(source, new Date(0), new Date(0));
  await store.putFile(KEY, source);
  expect((await store.info(KEY))?.modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test('the store copies a file in, and out again', async () => {
  const source = join(dir, 'source');
  await writeFile(source, 'content');
  await store.putCopy(KEY, source);
  expect(await readFile(source, 'utf8')).toBe('content');
  await store.copyTo(KEY, join(dir, 'out'));
  expect(await readFile(join(dir, 'out'), 'utf8')).toBe('content');
  expect(await readdir(join(dir, 'store', 'avatars'))).toEqual([KEY.slice('avatars/'.length)]);
});

test('copying a missing blob out fails, and so does copying over a file', async () => {
  await expect(store.copyTo(KEY, join(dir, 'out'))).rejects.toThrow(BlobMissingError);
  await store.putBytes(KEY, Buffer.from('abc'));
  await writeFile(join(dir, 'out'), 'mine');
  await expect(store.copyTo(KEY, join(dir, 'out'))).rejects.toThrow('EEXIST');
});

describe('the quarantine', () => {
  const inQuarantine = async () => {
    const found: QuarantinedBlob[] = [];
    for await (const blob of store.quarantine.list()) found.push(blob);
    return found;
  };
  beforeEach(async () => {
    await store.putBytes(KEY, Buffer.from('abc'));
    await store.quarantine.add(KEY, '2026-11-30');
  });

  test('takes a blob out of its place, where people find it', async () => {
    expect(await store.info(KEY)).toBeNull();
    expect(await keysIn('avatars')).toEqual([]);
    expect(await inQuarantine()).toMatchObject([{ key: KEY, day: '2026-11-30', sizeBytes: 3 }]);
    expect(await readFile(join(dir, 'store', 'quarantine', '2026-11-30', KEY), 'utf8')).toBe('abc');
    await store.quarantine.add(KEY, '2026-12-01');
    expect(await inQuarantine()).toHaveLength(1);
  });

  test('puts a blob back', async () => {
    for (const blob of await inQuarantine()) await store.quarantine.putBack(blob);
    expect(await store.info(KEY)).toMatchObject({ sizeBytes: 3 });
    expect(await inQuarantine()).toEqual([]);
    expect(await readdir(join(dir, 'store', 'quarantine'))).toEqual([]);
  });

  test('removes a blob for good, and leaves files of others alone', async () => {
    const note = join(dir, 'store', 'quarantine', '2026-11-30', 'avatars', 'Note to self.txt');
    await writeFile(note, 'keep');
    for (const blob of await inQuarantine()) await store.quarantine.remove(blob);
    expect(await inQuarantine()).toEqual([]);
    expect(await readFile(note, 'utf8')).toBe('keep');
  });
});

describe('a key that could leave the folder throws', () => {
  test.each(['../x', 'avatars/../../x', '/etc/passwd', 'avatars/a\\b', 'avatars', 'avatars/.hidden', 'a/b/c'])(
    '%s',
    (key) => {
      expect(() => store.remove(key)).toThrow('Not a blob key');
    },
  );
});
