import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { ICNS_TYPES } from '../../../scripts/icons/icns-file.ts';
import { icoImages } from '../../../scripts/icons/ico-file.ts';
import {
  hashOfInputs,
  ICO_SIDES,
  ICONS_DIR,
  ICONS_RECORD,
  type IconsRecord,
  LINUX_SIDES,
} from '../../../scripts/icons/icon-files.ts';

function iconFile(path: string): Buffer {
  return readFileSync(join(ICONS_DIR, path));
}

const record = JSON.parse(iconFile(ICONS_RECORD).toString('utf8')) as IconsRecord;

/** The parts of an Apple icon file: type and content. */
function icnsParts(icns: Buffer): readonly (readonly [string, Buffer])[] {
  const parts: (readonly [string, Buffer])[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    parts.push([icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))]);
  }
  return parts;
}

describe('the icons in build-resources', () => {
  test('are drawn from the current SVG: otherwise run node scripts/make-icons.ts', async () => {
    expect(record.inputs).toBe(await hashOfInputs());
  });

  test('are the files that were drawn', () => {
    expect(Object.keys(record.files)).toHaveLength(4 + 2 * LINUX_SIDES.length);
    for (const [path, hash] of Object.entries(record.files))
      expect([path, sha256Hex(iconFile(path))]).toEqual([path, hash]);
  });

  test.each(['icons', 'gab'])('for Linux in %s are PNG files of the size that they are named after', async (folder) => {
    for (const side of LINUX_SIDES) {
      const facts = await sharp(iconFile(`${folder}/${side}x${side}.png`)).metadata();
      expect(facts).toMatchObject({ format: 'png', width: side, height: side, hasAlpha: true });
    }
  });

  test.each(['icon.icns', 'gab.icns'])('%s for macOS has a PNG image of each size', async (name) => {
    const icns = iconFile(name);
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const parts = icnsParts(icns);
    expect(parts.map(([type]) => type)).toEqual(ICNS_TYPES.map(([type]) => type));
    for (const [index, [, content]] of parts.entries()) {
      const side = ICNS_TYPES[index]?.[1];
      expect(await sharp(content).metadata()).toMatchObject({ format: 'png', width: side, height: side });
    }
  });

  test.each(['icon.ico', 'gab.ico'])(
    '%s for Windows has bitmaps of the same colors as the PNG images',
    async (name) => {
      const images = icoImages(iconFile(name));
      expect(images.map(({ side }) => side)).toEqual(ICO_SIDES);
      const folder = name === 'icon.ico' ? 'icons' : 'gab';
      const [, , small] = images;
      const { side, content } = small ?? { side: 0, content: Buffer.alloc(0) };
      const pixels = await sharp(iconFile(`${folder}/${side}x${side}.png`))
        .raw()
        .toBuffer();
      // Header of 40 bytes, then rows from the bottom, blue before green and red.
      const [x, y] = [side / 2, side / 4];
      const [blue, green, red, alpha] = content.subarray(40 + ((side - 1 - y) * side + x) * 4);
      const at = (y * side + x) * 4;
      expect([red, green, blue, alpha]).toEqual([...pixels.subarray(at, at + 4)]);
      const largest = images.at(-1)?.content ?? Buffer.alloc(0);
      expect(await sharp(largest).metadata()).toMatchObject({ format: 'png', width: 256, height: 256 });
    },
  );
});
