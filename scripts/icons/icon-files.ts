import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../node/sha256.ts';
import { ICNS_TYPES, icnsFile } from './icns-file.ts';
import { type IconImage, icoFile } from './ico-file.ts';
import { appleDrawing, documentDrawing, tileDrawing } from './icon-drawings.ts';

const projectDir = join(import.meta.dirname, '..', '..');
/** Where electron-builder looks for icons. */
export const ICONS_DIR = join(projectDir, 'build-resources');
/** The hashes of what the icons were made from, and of the icons. */
export const ICONS_RECORD = 'icons.json';

export const ICO_SIDES = [16, 24, 32, 48, 64, 128, 256] as const;
export const LINUX_SIDES = [16, 24, 32, 48, 64, 128, 256, 512] as const;

export interface IconsRecord {
  readonly inputs: string;
  /** By path in the folder of the icons. */
  readonly files: Readonly<Record<string, string>>;
}

/** The drawings of the application for Windows and Linux, for macOS, and of `.gab` files, as SVG. */
async function drawings(): Promise<readonly [string, string, string]> {
  const text = await readFile(join(projectDir, 'renderer', 'icon.svg'), 'utf8');
  // Whatever line ends a checkout has.
  const icon = text.replaceAll('\r\n', '\n');
  return [tileDrawing(icon), appleDrawing(icon), documentDrawing(icon)];
}

/** One hash of everything that the icons are made from: drawings and sizes. */
export async function hashOfInputs(): Promise<string> {
  return sha256Hex(JSON.stringify([await drawings(), ICO_SIDES, LINUX_SIDES, ICNS_TYPES]));
}

/** Draws all icons. Returns their bytes by path in the folder of the icons. */
export async function drawIcons(): Promise<ReadonlyMap<string, Buffer>> {
  const [tileSvg, appleSvg, sheetSvg] = await drawings();
  const [tile, apple, sheet] = [await draw(tileSvg), await draw(appleSvg), await draw(sheetSvg)];
  return new Map([
    ['icon.icns', icnsFile((side) => of(apple, side).png)],
    ['icon.ico', icoFile(ICO_SIDES.map((side) => of(tile, side)))],
    ['gab.icns', icnsFile((side) => of(sheet, side).png)],
    ['gab.ico', icoFile(ICO_SIDES.map((side) => of(sheet, side)))],
    ...LINUX_SIDES.map((side) => [`icons/${side}x${side}.png`, Buffer.from(of(tile, side).png)] as const),
    ...LINUX_SIDES.map((side) => [`gab/${side}x${side}.png`, Buffer.from(of(sheet, side).png)] as const),
  ]);
}

type Images = ReadonlyMap<number, IconImage>;

function of(images: Images, side: number): IconImage {
  const image = images.get(side);
  if (image === undefined) throw new Error(`No image of ${side} pixels was drawn`);
  return image;
}

const SIDES = [...new Set([...ICO_SIDES, ...LINUX_SIDES, 1024])];

async function draw(svg: string): Promise<Images> {
  return new Map(await Promise.all(SIDES.map(async (side) => [side, await drawOne(svg, side)] as const)));
}

/** The canvas of the drawing is 1024 units, and a pixel is one unit at 72 dots per inch. */
async function drawOne(svg: string, side: number): Promise<IconImage> {
  // Loaded here, because the tests of the finished icons do not draw.
  const { default: sharp } = await import('sharp');
  const image = sharp(Buffer.from(svg), { density: (72 * side) / 1024 })
    .resize(side, side)
    .ensureAlpha();
  const [rgba, png] = await Promise.all([
    image.clone().raw().toBuffer(),
    image.clone().png({ compressionLevel: 9 }).toBuffer(),
  ]);
  return { side, rgba, png };
}
