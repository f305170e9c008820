import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { replaceThumbnail } from '../../../../../shared/gab/write/replace-thumbnail.ts';
import { opened, writeRequest, writeTools, written } from '../../../../support/bundle-writer.ts';
import { makePng, noise } from '../../../../support/sample-assets.ts';

const png = makePng({ width: 300, height: 300, color: [9, 200, 30] });
const sample = readFileSync(new URL('../../../../fixtures/gab/portrait-2d.gab', import.meta.url));

describe('replaceThumbnail', () => {
  it('changes the thumbnail and nothing else', async () => {
    const before = await opened(sample);
    const result = await replaceThumbnail(before, { bytes: png, format: 'png' }, writeTools);
    if (!result.ok) throw new Error('refused');
    const after = await opened(result.value.bytes);
    const isThumbnail = ({ id }: { id: string }) => id === before.manifest.thumbnail;
    expect(after.manifest).toEqual({
      ...before.manifest,
      assets: before.manifest.assets.map((asset) =>
        isThumbnail(asset)
          ? { ...asset, format: 'png', path: 'thumbnail.png', size: png.byteLength, sha256: after.entries[2]?.sha256 }
          : asset,
      ),
    });
    expect(Buffer.from(await after.readAsset(before.manifest.thumbnail))).toEqual(png);
    expect(after.entries.map(({ path }) => path)).not.toContain('thumbnail.jpg');
    for (const { path, sha256 } of before.entries.slice(3)) {
      expect(after.entries).toContainEqual(expect.objectContaining({ path, sha256 }));
    }
  });

  it('keeps unknown fields and the C2PA store', async () => {
    const manifest = { extensions: { 'vendor.data': { list: [1, { deep: true }] } }, later: 'field' };
    const store = noise(80);
    const before = await opened(await written({ ...writeRequest([], { manifest }), credentials: bytesSource(store) }));
    const result = await replaceThumbnail(before, { bytes: png, format: 'png' }, writeTools);
    if (!result.ok) throw new Error('refused');
    const after = await opened(result.value.bytes);
    expect(after.manifest).toMatchObject(manifest);
    expect(Buffer.from(await after.readEntry('META-INF/content_credential.c2pa'))).toEqual(store);
  });

  it.each([
    [makePng({ width: 32, height: 32 }), 'GAB_E_IMAGE'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'GAB_E_ASSET_TYPE'],
    [Buffer.alloc(600_000), 'GAB_E_SIZE_LIMIT'],
  ])('refuses pictures that bundles do not allow', async (bytes, code) => {
    const result = await replaceThumbnail(await opened(sample), { bytes, format: 'png' }, writeTools);
    expect(result.ok || result.failure.findings.map((finding) => finding.code)).toContain(code);
  });

  it('produces the same bytes for the same picture', async () => {
    const results = [];
    for (let run = 0; run < 2; run += 1) {
      results.push(await replaceThumbnail(await opened(sample), { bytes: png, format: 'png' }, writeTools));
    }
    expect(results[0]).toEqual(results[1]);
  });
});
