import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileHandleSource } from '../../../../node/file-handle-source.ts';
import { blobSource } from '../../../../shared/gab/blob-source.ts';
import { bytesSource } from '../../../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../../../shared/gab/codec.ts';
import { inspectBundle } from '../../../../shared/gab/inspect-bundle.ts';
import { webCodec } from '../../../../shared/gab/web-codec.ts';
import { buildBundle, bundleEntries } from '../../../support/bundle-builder.ts';
import { codesOf, inspectBytes, testCodec } from '../../../support/inspect-bytes.ts';
import { makeGlb, noise, OCULUS_MORPHS } from '../../../support/sample-assets.ts';
import { buildZip } from '../../../support/zip-builder.ts';

const browserCodec = webCodec({
  subtle: crypto.subtle,
  DecompressionStream,
});

const codecs: [string, BundleCodec][] = [
  ['node', testCodec],
  ['browser', browserCodec],
];

describe.each(codecs)('the codec of %s', (_, codec) => {
  const content = Buffer.concat([noise(3_000_000), Buffer.alloc(500_000, 'abc')]);
  const compressed = deflateRawSync(content);

  async function inflate(input: Uint8Array, maxOutputBytes: number, streamed: boolean) {
    const pieces: Buffer[] = [];
    // A copy: a piece is valid only during the call.
    const onOutput = (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes));
    async function* slices() {
      for (let at = 0; at < input.byteLength; at += 100_000)
        yield await Promise.resolve(input.subarray(at, at + 100_000));
    }
    const outcome = streamed
      ? await codec.inflateRawStream({ input: slices(), maxOutputBytes, onOutput })
      : await codec.inflateRaw({ input, maxOutputBytes, onOutput });
    return { outcome, output: Buffer.concat(pieces) };
  }

  describe.each([
    ['at once', false],
    ['streamed', true],
  ])('%s', (__, streamed) => {
    it('inflates deflated bytes', async () => {
      const { outcome, output } = await inflate(compressed, content.byteLength, streamed);
      expect(outcome.ok).toBe(true);
      expect(output.equals(content)).toBe(true);
    });

    it('stops at one byte too many', async () => {
      const { outcome, output } = await inflate(compressed, content.byteLength - 1, streamed);
      expect(outcome).toEqual({ ok: false, failure: 'too-long' });
      expect(output.byteLength).toBeLessThan(content.byteLength);
    });

    it('stops a bomb early', async () => {
      const bomb = deflateRawSync(Buffer.alloc(40_000_000));
      const { outcome, output } = await inflate(bomb, 1000, streamed);
      expect(outcome).toEqual({ ok: false, failure: 'too-long' });
      expect(output.byteLength).toBeLessThanOrEqual(1000);
    });

    it('refuses noise, and a stream without its end', async () => {
      const failure = { ok: false, failure: 'corrupt' };
      expect((await inflate(Buffer.alloc(300_000, 0xff), 10_000_000, streamed)).outcome).toEqual(failure);
      expect((await inflate(compressed.subarray(0, -5), content.byteLength, streamed)).outcome).toEqual(failure);
    });

    it('detects bytes after the end of the stream', async () => {
      const { outcome } = await inflate(Buffer.concat([compressed, noise(250_000)]), content.byteLength, streamed);
      if (outcome.ok) expect(outcome.consumedBytes).toBe(compressed.byteLength);
      else expect(outcome.failure).toBe('corrupt');
    });
  });

  it('inflates the start of a truncated stream', async () => {
    expect(await codec.inflateRawPrefix(compressed.subarray(0, 4096), 16)).toEqual(
      new Uint8Array(content.subarray(0, 16)),
    );
    expect(await codec.inflateRawPrefix(new Uint8Array([0xff, 0xff]), 16)).toBeNull();
  });
});

const modelBundle = buildBundle({
  manifest: { body: { type: 'model3d', main: 'body' } },
  assets: [
    {
      id: 'body',
      kind: 'model',
      format: 'glb',
      path: 'model/body.glb',
      content: makeGlb({ morphs: OCULUS_MORPHS, binary: noise(6_000_000) }),
      deflate: true,
    },
  ],
});

describe('sources', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gabinet-source-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('a file, a Blob with the browser codec and bytes give the same report', async () => {
    const path = join(folder, 'avatar.gab');
    await writeFile(path, modelBundle);
    const handle = await open(path);
    const options = { fileName: 'avatar.gab', policy: 'strict' } as const;
    const fromFile = await inspectBundle(fileHandleSource(handle, modelBundle.byteLength), {
      ...options,
      codec: testCodec,
    });
    await handle.close();
    const blob = new Blob([new Uint8Array(modelBundle)]);
    const fromBlob = await inspectBundle(blobSource(blob), { ...options, codec: browserCodec });
    const fromBytes = await inspectBundle(bytesSource(modelBundle), { ...options, codec: testCodec });
    expect(fromBytes).toMatchObject({ verdict: 'valid', activatable: true });
    expect(fromFile).toEqual(fromBytes);
    expect(fromBlob).toEqual(fromBytes);
  });
});

describe('digest', () => {
  it('does not depend on compression or on fields that readers ignore', async () => {
    const stored = buildZip(bundleEntries({ sizeBytes: 1 }));
    const deflated = buildZip(
      bundleEntries({}).map((entry, at) => ({
        ...entry,
        deflate: at === 1 || at === 3,
        madeBy: 0x031e,
        externalAttributes: 0x81a40000,
      })),
    );
    const [left, right] = [await inspectBytes(stored), await inspectBytes(deflated)];
    expect(codesOf(right)).toEqual([]);
    expect(right.digest).toBe(left.digest);
  });

  it('differs for different content, and is missing for invalid bundles', async () => {
    const [plain, renamed] = [await inspectBytes(buildBundle()), await inspectBytes(buildBundle({ name: 'Other' }))];
    expect(renamed.digest).not.toBe(plain.digest);
    expect((await inspectBytes(buildBundle(), { fileName: 'a.zip' })).digest).toBeUndefined();
  });
});
