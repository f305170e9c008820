import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readAvifSize } from '../../../../../shared/gab/content/avif-header.ts';
import { makePng } from '../../../../support/sample-assets.ts';

const avif = await sharp(makePng({ width: 33, height: 21 }))
  .avif()
  .toBuffer();

it('the size of an AVIF picture is in its header', () => {
  expect(readAvifSize(avif)).toEqual({ width: 33, height: 21 });
});

it('a picture of another format, or one that is cut, has no AVIF size', () => {
  expect(readAvifSize(makePng({ width: 33, height: 21 }))).toBeNull();
  expect(readAvifSize(avif.subarray(0, 60))).toBeNull();
  expect(readAvifSize(new Uint8Array())).toBeNull();
});
