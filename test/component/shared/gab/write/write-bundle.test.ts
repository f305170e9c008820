import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { MAX_FILE_BYTES } from '../../../../../shared/gab/limits.ts';
import { requestOf } from '../../../../../shared/gab/write/replace-thumbnail.ts';
import { writeBundle } from '../../../../../shared/gab/write/write-bundle.ts';
import type { BundleAsset } from '../../../../support/bundle-builder.ts';
import { opened, sourcesOf, writeRequest, writeTools, written } from '../../../../support/bundle-writer.ts';
import { inspectBytes } from '../../../../support/inspect-bytes.ts';
import { makeGlb, makeWav, noise } from '../../../../support/sample-assets.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';

function document(id: string, content: Uint8Array): BundleAsset {
  return { id, kind: 'document', format: 'txt', path: `docs/${id}.txt`, content };
}

async function refusal(request: Parameters<typeof writeBundle>[0]) {
  const result = await writeBundle(request, writeTools);
  return result.ok ? [] : result.failure.findings.map(({ code, path, pointer }) => [code, path ?? pointer]);
}

const samples = new URL('../../../../fixtures/gab/', import.meta.url);

describe('the writer', () => {
  it.each(readdirSync(samples))(
    'writes %s with the same content, and with the same bytes when repeated',
    async (name) => {
      const original = await opened(readFileSync(new URL(name, samples)));
      const first = await written(requestOf(original));
      const again = await opened(first);
      expect(await written(requestOf(again))).toEqual(first);
      expect(again.manifest).toEqual(original.manifest);
      const hashes = (bundle: typeof again) => bundle.manifest.assets.map(({ path, sha256 }) => [path, sha256]);
      expect(hashes(again)).toEqual(hashes(original));
    },
  );

  it('puts mimetype, manifest and thumbnail first, then the assets as listed, and the C2PA store last', async () => {
    const { manifest, assets } = writeRequest([document('z', Buffer.from('z')), document('a', Buffer.from('a'))]);
    const list = manifest.assets as object[];
    const reordered = { ...manifest, assets: [...list.slice(1), list[0]] };
    const store = noise(64);
    const bundle = await opened(await written({ manifest: reordered, assets, credentials: bytesSource(store) }));
    expect(bundle.entries.map(({ path }) => path)).toEqual([
      'mimetype',
      'manifest.json',
      'thumbnail.png',
      'portrait/face.png',
      'docs/z.txt',
      'docs/a.txt',
      'META-INF/content_credential.c2pa',
    ]);
    expect(Buffer.from(await bundle.readEntry('META-INF/content_credential.c2pa'))).toEqual(store);
  });

  it('starts exactly as section 2.1 specifies', async () => {
    const head = (await written(writeRequest())).subarray(0, 82);
    const expected = '504b03040a00000000000000210052b007962c0000002c00000008000000';
    expect(head.toString('hex').slice(0, 60)).toBe(expected);
    expect(head.toString('latin1', 30)).toBe('mimetypeapplication/vnd.generative-avatar-bundle+zip');
  });

  it('writes no flags, extra fields, attributes, comments or dates', async () => {
    const bytes = await written(writeRequest([document('a', Buffer.from('text '.repeat(900)))]));
    let at = bytes.readUInt32LE(bytes.byteLength - 6);
    let records = 0;
    for (; bytes.readUInt32LE(at) === 0x02014b50; records += 1) {
      const fields = [8, 12, 30, 32, 34, 36].map((offset) => bytes.readUInt16LE(at + offset));
      expect(fields).toEqual([0, 0, 0, 0, 0, 0]);
      expect([bytes.readUInt16LE(at + 14), bytes.readUInt32LE(at + 38)]).toEqual([33, 0]);
      at += 46 + bytes.readUInt16LE(at + 28);
    }
    expect([records, bytes.byteLength - at]).toEqual([5, 22]);
  });

  it('stores compressed formats and deflates the rest', async () => {
    const assets: BundleAsset[] = [
      { id: 'm', kind: 'model', format: 'glb', path: 'model/m.glb', content: makeGlb({ binary: Buffer.alloc(3000) }) },
      { id: 'w', kind: 'audio', format: 'wav', path: 'audio/w.wav', content: makeWav(40_000).fill(7, 60, 20_000) },
      { id: 'p', kind: 'audio', format: 'mp3', path: 'audio/p.mp3', content: Buffer.from(`ID3${'x'.repeat(5000)}`) },
      { id: 'j', kind: 'data', format: 'json', path: 'data/j.json', content: Buffer.from('[1,2,3,1,2,3,1,2,3,1,2,3]') },
    ];
    const bundle = await opened(await written(writeRequest(assets)));
    const stored = bundle.entries.filter(({ isStored }) => isStored).map(({ path }) => path);
    expect(stored).toEqual(['mimetype', 'thumbnail.png', 'portrait/face.png', 'audio/p.mp3']);
  });

  it('stores content that does not shrink or would look like a bomb', async () => {
    const zeros = document('zeros', Buffer.alloc(300_000, 'a'));
    const bundle = await opened(await written(writeRequest([document('one', Buffer.from('x')), zeros])));
    expect(bundle.entries.filter(({ isStored }) => isStored).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['docs/one.txt', 'docs/zeros.txt']),
    );
  });

  it('keeps an edit local: unchanged segments stay the same', async () => {
    const before = Buffer.from(noise(400_000).toString('hex'));
    const after = Buffer.from(before);
    after.write('an edit in the middle', 400_000);
    const streamOf = async (content: Buffer) => {
      const bytes = await written(writeRequest([document('a', content)]));
      const nameAt = bytes.indexOf('docs/a.txt');
      return bytes.subarray(nameAt + 10).subarray(0, bytes.readUInt32LE(nameAt - 12));
    };
    const [left, right] = [await streamOf(before), await streamOf(after)];
    expect(inflateRawSync(left)).toEqual(before);
    expect(inflateRawSync(right)).toEqual(after);
    let head = 0;
    while (left[head] === right[head]) head += 1;
    let tail = 0;
    while (left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
    // One segment of 25 changes; without flushes, everything after the edit would change.
    expect(left.byteLength - head - tail).toBeLessThan(left.byteLength / 6);
  });

  it('produces the same bytes for any order of files and any previous sizes and hashes', async () => {
    const { manifest, assets } = writeRequest([document('a', Buffer.from('hello'))]);
    const expected = await written({ manifest, assets });
    const stale = (manifest.assets as object[]).map((asset) => ({ ...asset, size: 3, sha256: 'stale' }));
    const reversed = new Map([...assets].toReversed());
    expect(await written({ manifest: { ...manifest, assets: stale }, assets: reversed })).toEqual(expected);
  });

  it('adds missing sizes and hashes', async () => {
    const { manifest, assets } = writeRequest();
    const bare = (manifest.assets as { id: string; kind: string; format: string; path: string }[]).map(
      ({ id, kind, format, path }) => ({ id, kind, format, path }),
    );
    expect((await opened(await written({ manifest: { ...manifest, assets: bare }, assets }))).manifest.assets).toEqual(
      manifest.assets,
    );
  });

  it('omits flush points if a bundle would be too large only because of them', async () => {
    // Repeated words: every flush forgets them.
    const words = noise(2048).toString('hex').match(/.{8}/g) ?? [];
    const text = document('a', Buffer.from(Array.from(noise(90_000, 2), (byte) => words[byte]).join(' ')));
    const small = await written(writeRequest([text]));
    const plainText = deflateRawSync(text.content, { level: 9, memLevel: 6 }).byteLength;
    const deflated = (await opened(small)).entries.find(({ path }) => path === 'docs/a.txt')?.compressedBytes ?? 0;
    expect(deflated - plainText).toBeGreaterThan(300);
    const soundsOf = (lastBytes: number) =>
      Array.from({ length: 7 }, (_, index): BundleAsset => {
        const content = Buffer.concat([Buffer.from('OggS'), noise(index === 6 ? lastBytes : 8_000_000, index + 1)]);
        return { id: `s${index}`, kind: 'audio', format: 'ogg', path: `audio/s${index}.ogg`, content };
      });
    const probe = await written(writeRequest([text, ...soundsOf(1000)]));
    // The manifest deflates slightly differently with other hashes, so half of the cost of the
    // flush points is left as a margin.
    const room = MAX_FILE_BYTES - probe.byteLength + Math.floor((deflated - plainText) / 2);
    const bundle = await opened(await written(writeRequest([text, ...soundsOf(1000 + room)])));
    const entry = bundle.entries.find(({ path }) => path === 'docs/a.txt');
    expect(entry?.compressedBytes).toBe(plainText);
  });

  it('stops at 50 MiB instead of writing more', async () => {
    const sounds = Array.from({ length: 7 }, (_, index): BundleAsset => {
      const id = `s${index}`;
      return { id, kind: 'audio', format: 'wav', path: `audio/${id}.wav`, content: makeWav(8_000_000, index + 1) };
    });
    const result = await writeBundle(writeRequest(sounds), writeTools);
    expect(result).toMatchObject({
      ok: false,
      failure: { findings: [{ code: 'GAB_E_FILE_TOO_LARGE', params: { maxBytes: MAX_FILE_BYTES } }] },
    });
  });
});

describe('the writer refuses, with the place in its findings,', () => {
  it('assets without a file, and files without an asset', async () => {
    const { manifest, assets } = writeRequest();
    assets.delete('portrait/face.png');
    assets.set('docs/extra.txt', bytesSource(Buffer.from('x')));
    expect(await refusal({ manifest, assets })).toEqual([
      ['GAB_E_ASSET_MISSING', 'portrait/face.png'],
      ['GAB_E_ASSET_UNLISTED', 'docs/extra.txt'],
    ]);
  });

  it('paths that bundles do not allow', async () => {
    const evil = { ...document('a', Buffer.from('x')), path: 'docs/../../evil.txt' };
    expect(await refusal(writeRequest([evil]))).toEqual([['GAB_E_MANIFEST_SCHEMA', 'manifest.json']]);
  });

  it('two paths that are the same file on a case-insensitive disk', async () => {
    const twin = { ...document('b', Buffer.from('x')), path: 'docs/A.txt' };
    expect(await refusal(writeRequest([document('a', Buffer.from('x')), twin]))).toEqual([
      ['GAB_E_PATH_DUPLICATE', 'docs/A.txt'],
    ]);
  });

  it('sizes over the limit of their kind, before reading the files', async () => {
    const { manifest, assets } = writeRequest([document('a', Buffer.from('x'))]);
    const size = 2_000_000;
    const read = () => Promise.reject(new Error('was read'));
    expect(await refusal({ manifest, assets: new Map([...assets, ['docs/a.txt', { size, read }]]) })).toEqual([
      ['GAB_E_SIZE_LIMIT', 'docs/a.txt'],
    ]);
  });

  it('more than 256 entries', async () => {
    const many = Array.from({ length: 253 }, (_, index) => document(`d${index}`, Buffer.from('x')));
    expect(await refusal(writeRequest(many))).toEqual([['GAB_E_ZIP_ENTRY_COUNT', undefined]]);
  });

  it.each([
    [{}, 'GAB_E_MANIFEST_SCHEMA'],
    [{ assets: 'none' }, 'GAB_E_MANIFEST_SCHEMA'],
    [{ assets: [null, 3, { path: 7 }] }, 'GAB_E_MANIFEST_SCHEMA'],
  ])('the manifest %j', async (manifest, code) => {
    expect((await refusal({ manifest, assets: sourcesOf([]) })).map(([first]) => first)).toContain(code);
  });

  it('a manifest over 256 KiB', async () => {
    const { manifest, assets } = writeRequest();
    const extensions = { 'test.large': 'x'.repeat(300_000) };
    expect(await refusal({ manifest: { ...manifest, extensions }, assets })).toEqual([
      ['GAB_E_MANIFEST_SIZE', 'manifest.json'],
    ]);
  });

  it('content that the reader refuses', async () => {
    const page: BundleAsset = {
      id: 'm',
      kind: 'model',
      format: 'glb',
      path: 'model/m.glb',
      content: Buffer.from('<html>'),
    };
    expect(await refusal(writeRequest([page]))).toContainEqual(['GAB_E_ASSET_TYPE', 'model/m.glb']);
  });

  it('a file that changes while it is being read', async () => {
    const { manifest, assets } = writeRequest([document('a', Buffer.from('aaaa'))]);
    let reads = 0;
    const restless = { size: 4, read: () => Promise.resolve(Buffer.from(reads++ === 0 ? 'aaaa' : 'bbbb')) };
    const found = await refusal({ manifest, assets: new Map([...assets, ['docs/a.txt', restless]]) });
    expect(found).toContainEqual(['GAB_E_CRC', 'docs/a.txt']);
  });
});

const tools = [
  { name: 'unzip', probe: ['-v'], test: (file: string) => ['-tqq', file] },
  { name: '7z', probe: ['i'], test: (file: string) => ['t', file] },
  { name: 'bsdtar', probe: ['--version'], test: (file: string) => ['-tf', file] },
];

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.each(tools)('a written bundle opens in $name', ({ name, probe, test }) => {
  it('with deflated, stored and empty entries', async () => {
    if (!succeeds(name, probe)) {
      process.stderr.write(`write-bundle: ${name} is not on this machine, the writer's output was not opened in it\n`);
      return;
    }
    const text = Buffer.from(noise(400_000).toString('hex'));
    const bytes = await written(writeRequest([document('a', text), document('empty', Buffer.alloc(0))]));
    expect((await inspectBytes(bytes)).verdict).toBe('valid');
    const file = join(await tempFolder(), 'written.gab');
    writeFileSync(file, bytes);
    expect(succeeds(name, test(file))).toBe(true);
  });
});
