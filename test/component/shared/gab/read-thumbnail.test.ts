import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../../shared/gab/byte-source.ts';
import { readThumbnail } from '../../../../shared/gab/read-thumbnail.ts';
import { buildBundle, bundleEntries, thumbnailAsset } from '../../../support/bundle-builder.ts';
import { makePng, noise } from '../../../support/sample-assets.ts';
import { createWatch, watchedSource } from '../../../support/watched-source.ts';
import { buildZip, type ZipEntry } from '../../../support/zip-builder.ts';

const fixture = (path: string) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url));

function withThumbnail(change: Partial<ZipEntry>): Buffer {
  return buildZip(bundleEntries({}).map((entry, at) => (at === 2 ? { ...entry, ...change } : entry)));
}

describe('readThumbnail', () => {
  it.each([
    ['gab/minimal.gab', 'webp', 256],
    ['gab/portrait-2d.gab', 'jpeg', 512],
    ['gab/mage-vrm.gab', 'png', 512],
  ])('finds the thumbnail of %s', async (path, format, side) => {
    const thumbnail = await readThumbnail(bytesSource(fixture(path)));
    expect(thumbnail).toMatchObject({ format, width: side, height: side });
  });

  it('reads only the first megabyte of a large file, once', async () => {
    const bundle = buildBundle({ sizeBytes: 3 * 1024 * 1024 });
    const watch = createWatch();
    const thumbnail = await readThumbnail(watchedSource(bundle, watch));
    expect(Buffer.from(thumbnail?.bytes ?? []).equals(thumbnailAsset().content)).toBe(true);
    expect(watch).toMatchObject({ reads: 1, bytesRead: 1024 * 1024, outside: [] });
  });

  it('finds the thumbnail even if the rest of the bundle is damaged', async () => {
    expect(await readThumbnail(bytesSource(buildBundle().subarray(0, -100)))).toMatchObject({ width: 512 });
  });

  it.each<[string, () => Uint8Array]>([
    ['an empty file', () => new Uint8Array()],
    ['noise', () => noise(5000)],
    ['a file of another format', () => fixture('hostile/epub-as-gab.gab')],
    ['a compressed thumbnail', () => withThumbnail({ deflate: true })],
    ['a thumbnail with another name', () => withThumbnail({ name: 'preview.png' })],
    ['a picture that is HTML', () => withThumbnail({ content: Buffer.from('<html>') })],
    ['a picture with 2000 pixels', () => withThumbnail({ content: makePng({ width: 2000, height: 2 }) })],
    [
      'a picture with more than 512 KiB',
      () => withThumbnail({ content: Buffer.concat([thumbnailAsset().content, noise(600_000)]) }),
    ],
    ['a wrong checksum', () => withThumbnail({ both: { crc32: 1 } })],
    [
      'sizes beyond the end of the file',
      () => withThumbnail({ both: { compressedSize: 0xffffffff, size: 0xffffffff } }),
    ],
    ['a file that ends inside the picture', () => buildBundle().subarray(0, 1200)],
  ])('returns null for %s', async (_, bytes) => {
    expect(await readThumbnail(bytesSource(bytes()))).toBeNull();
  });
});
