import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../node/sha256.ts';
import { blobSource } from '../../../../shared/gab/blob-source.ts';
import { bytesSource } from '../../../../shared/gab/byte-source.ts';
import { BundleReadError, type OpenBundle, openBundle } from '../../../../shared/gab/open-bundle.ts';
import { webCodec } from '../../../../shared/gab/web-codec.ts';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { testCodec } from '../../../support/inspect-bytes.ts';
import { noise } from '../../../support/sample-assets.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url);
const options = { fileName: 'avatar.gab', policy: 'strict', codec: testCodec } as const;

async function open(bytes: Uint8Array, codec = options.codec): Promise<OpenBundle> {
  const opened = await openBundle(bytesSource(bytes), { ...options, codec });
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.report.issues)}`);
  return opened.bundle;
}

const samples = readdirSync(new URL('gab/', fixtures)).map((name): [string, Buffer] => [
  name,
  readFileSync(new URL(`gab/${name}`, fixtures)),
]);

describe.each([
  ['node', testCodec],
  ['web', webCodec({ subtle: crypto.subtle, DecompressionStream })],
])('openBundle with the %s codec', (_, codec) => {
  it.each(samples)('returns every byte of %s, verified', async (__, bytes) => {
    const opened = await openBundle(blobSource(new Blob([new Uint8Array(bytes)])), { ...options, codec });
    if (!opened.ok) throw new Error('a sample did not open');
    const { bundle } = opened;
    expect(bundle.entries.slice(0, 2).map(({ path }) => path)).toEqual(['mimetype', 'manifest.json']);
    for (const entry of bundle.entries) expect(sha256Hex(await bundle.readEntry(entry.path))).toBe(entry.sha256);
    for (const asset of bundle.manifest.assets) {
      expect(sha256Hex(await bundle.readAsset(asset.id))).toBe(asset.sha256);
    }
    expect(JSON.parse(new TextDecoder().decode(bundle.manifestBytes))).toEqual(bundle.manifest);
  });

  it('reads entries concurrently', async () => {
    const bundle = await open(buildBundle({ sizeBytes: 3_000_000 }), codec);
    const all = await Promise.all(bundle.entries.map(({ path }) => bundle.readEntry(path)));
    expect(all.map(sha256Hex)).toEqual(bundle.entries.map((entry) => entry.sha256));
  });
});

describe('openBundle', () => {
  it.each(['hostile/crc-wrong.gab', 'hostile/foreign-zip.gab', 'hostile/html-as-gab.gab', 'hostile/asset-missing.gab'])(
    'does not open %s and reports why',
    async (name) => {
      const opened = await openBundle(bytesSource(readFileSync(new URL(name, fixtures))), options);
      expect(opened.ok).toBe(false);
      expect(opened.ok || opened.report.issues.length).toBeGreaterThan(0);
    },
  );

  it('does not open a stored foreign file as a bundle', async () => {
    const opened = await openBundle(bytesSource(noise(5000)), { ...options, policy: 'lenient' });
    expect(opened).toMatchObject({ ok: false, report: { verdict: 'opaque' } });
  });

  it('rejects for a missing entry', async () => {
    const bundle = await open(buildBundle());
    await expect(bundle.readEntry('model/none.glb')).rejects.toThrow(new BundleReadError('missing', 'model/none.glb'));
    await expect(bundle.readAsset('none')).rejects.toMatchObject({ fault: 'missing' });
  });

  it.each([false, true])('never returns bytes that changed after the check (deflated: %s)', async (deflate) => {
    const content = Buffer.from('a line of text, and one more. '.repeat(200));
    const text = { id: 'd', kind: 'document', format: 'txt', path: 'docs/a.txt', content, deflate };
    const bytes = buildBundle({ assets: [text] });
    const bundle = await open(bytes);
    const at = bytes.indexOf('docs/a.txt') + 'docs/a.txt'.length;
    bytes.writeUInt8(bytes.readUInt8(at + 20) ^ 1, at + 20);
    await expect(bundle.readEntry('docs/a.txt')).rejects.toMatchObject({ name: 'BundleReadError', fault: 'changed' });
    expect(await bundle.readEntry('portrait/face.png')).toHaveLength(
      bundle.manifest.assets.find(({ id }) => id === 'face')?.size ?? -1,
    );
  });

  it('also rejects if the file became shorter', async () => {
    const whole = bytesSource(buildBundle({ sizeBytes: 200_000 }));
    let limit = whole.size;
    const shrinking = {
      size: whole.size,
      read: (offset: number, length: number) => whole.read(offset, Math.max(0, Math.min(length, limit - offset))),
    };
    const opened = await openBundle(shrinking, options);
    limit = 1000;
    if (!opened.ok) throw new Error('did not open');
    await expect(opened.bundle.readEntry('audio/pad-0.wav')).rejects.toMatchObject({ fault: 'changed' });
  });
});
