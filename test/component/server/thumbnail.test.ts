import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { encodeThumbnail } from '../../../server/features/uploads/thumbnail.ts';
import { makePng } from '../../support/sample-assets.ts';

const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
);
// Created before the product disables all other formats in this process.
const exifJpeg = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#335577' } })
  .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
  .jpeg()
  .toBuffer();

test('a picture is re-encoded as WebP of at most 512 pixels', async () => {
  const thumbnail = await encodeThumbnail(exifJpeg);
  if (!thumbnail) throw new Error('no thumbnail');
  expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ format: 'webp', width: 512, height: 384 });
  expect(thumbnail.sha256).toBe(sha256Hex(thumbnail.bytes));
});

test('re-encoding removes metadata', async () => {
  expect(exifJpeg.includes('SECRET-PLACE')).toBe(true);
  const thumbnail = await encodeThumbnail(exifJpeg);
  expect(Buffer.from(thumbnail?.bytes ?? []).includes('SECRET-PLACE')).toBe(false);
  expect((await sharp(thumbnail?.bytes).metadata()).exif).toBeUndefined();
});

test('re-encoding removes a payload after the picture', async () => {
  const thumbnail = await encodeThumbnail(
    Buffer.concat([makePng({ width: 64, height: 64 }), Buffer.from('<script>PAYLOAD')]),
  );
  expect(thumbnail).not.toBeNull();
  expect(Buffer.from(thumbnail?.bytes ?? []).includes('PAYLOAD')).toBe(false);
});

describe('there is no thumbnail', () => {
  test.each([
    ['SVG', SVG],
    ['HTML', Buffer.from('<html></html>')],
    ['nothing', Buffer.alloc(0)],
    ['half a PNG', makePng({ width: 64, height: 64 }).subarray(0, 60)],
    ['more pixels than the format allows', makePng({ width: 2000, height: 1000 })],
  ])('for %s', async (_what, bytes) => {
    expect(await encodeThumbnail(bytes)).toBeNull();
  });
});
