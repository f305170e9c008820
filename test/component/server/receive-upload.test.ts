import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { receiveUpload, type UploadPart } from '../../../server/features/uploads/upload-parts.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { MIB } from '../../../shared/lib/sizes.ts';

let incomingDir: string;
const progress: number[] = [];

beforeEach(async () => {
  incomingDir = await mkdtemp(join(tmpdir(), 'gabinet-test-incoming-'));
  progress.length = 0;
});
afterEach(() => rm(incomingDir, { recursive: true, force: true }));

const file = (bytes: AsyncIterable<Uint8Array>, fileName = 'a.gab', name = 'file'): UploadPart => ({
  kind: 'file',
  name,
  fileName,
  bytes,
});
const field = (name: string, value: string): UploadPart => ({ kind: 'field', name, value });
const small = () => Readable.from([Buffer.from('ab'), Buffer.from('cd')]);

let roomBytes = Number.POSITIVE_INFINITY;
afterEach(() => {
  roomBytes = Number.POSITIVE_INFINITY;
});

function receive(...parts: UploadPart[]) {
  const failure = (bytes: number) => ({ code: 'quota_exceeded' as const, detail: `${bytes} bytes do not fit` });
  const room = { bytes: roomBytes, failure };
  const reception = { incomingDir, room, onProgress: (bytes: number) => void progress.push(bytes) };
  return receiveUpload(Readable.from(parts), reception, ({ path }) => rm(path));
}

test('a form may have fields before and after the file', async () => {
  const result = await receive(
    field('name', ' Mara '),
    file(small()),
    field('tags', 'formal, casual'),
    field('tags', 'x'),
  );
  expect(result).toMatchObject({
    ok: true,
    value: {
      originalName: 'a.gab',
      file: { sizeBytes: 4, sha256: sha256Hex('abcd') },
      fields: { name: 'Mara', tags: ['formal', 'casual', 'x'], activate: true },
    },
  });
  if (result.ok) expect(await readFile(result.value.file.path, 'utf8')).toBe('abcd');
  expect(progress).toEqual([2, 4]);
});

test('empty fields count as absent, except for the description and the tags', async () => {
  const result = await receive(
    field('name', ''),
    field('lineage_uuid', ''),
    field('activate', ''),
    field('description', ''),
    field('tags', ''),
    file(small()),
  );
  expect(result).toMatchObject({ ok: true });
  if (result.ok) expect(result.value.fields).toEqual({ description: '', tags: [], activate: true });
});

test('receiving stops one block after the limit', async () => {
  let served = 0;
  async function* endless() {
    for (;;) {
      served += MIB;
      yield Buffer.alloc(MIB);
    }
  }
  expect(await receive(file(endless()))).toMatchObject({ ok: false, failure: { code: 'file_too_large' } });
  expect(served).toBe(MAX_BUNDLE_BYTES + MIB);
});

test.each([
  ['no file', [field('name', 'x')], 'file_missing'],
  ['another extension', [file(small(), 'a.zip')], 'file_extension'],
  ['another field', [file(small(), 'a.gab', 'bundle')], 'invalid_request'],
  ['two files', [file(small()), file(small())], 'invalid_request'],
  ['a bad field after the file', [file(small()), field('activate', 'maybe')], 'invalid_request'],
  ['an invalid avatar', [field('lineage_uuid', '../x'), file(small())], 'invalid_request'],
])('a form with %s is refused and leaves nothing behind', async (_what, parts, code) => {
  expect(await receive(...parts)).toMatchObject({ ok: false, failure: { code } });
  expect(await readdir(incomingDir)).toEqual([]);
});

test('a file is refused as soon as it has grown larger than the room for it', async () => {
  roomBytes = 5;
  let readBlocks = 0;
  async function* endless() {
    for (;;) {
      readBlocks += 1;
      yield Buffer.from('abcd');
    }
  }
  expect(await receive(file(endless()))).toMatchObject({
    ok: false,
    failure: { code: 'quota_exceeded', detail: '8 bytes do not fit' },
  });
  expect(readBlocks).toBe(2);
  expect(await readdir(incomingDir)).toEqual([]);
});

test('a broken stream leaves nothing behind', async () => {
  async function* broken() {
    yield Buffer.from('half');
    throw new Error('aborted');
  }
  expect(await receive(file(broken()))).toMatchObject({ ok: false, failure: { code: 'upload_incomplete' } });
  expect(await readdir(incomingDir)).toEqual([]);
});

test.each(['ENOSPC', 'EDQUOT'])('a full disk (%s) is the server’s fault and leaves nothing behind', async (code) => {
  async function* full() {
    yield Buffer.from('half');
    throw Object.assign(new Error('full'), { code });
  }
  expect(await receive(file(full()))).toMatchObject({ ok: false, failure: { code: 'storage_full' } });
  expect(await readdir(incomingDir)).toEqual([]);
});
