import sharp from 'sharp';
import { asObject, countAt, listAt, objectAt, type Untyped } from '../../shared/gab/content/untyped.ts';
import type { GlbFile } from './glb-file.ts';

/** Larger textures take time and make no difference in a picture of 512 pixels. */
const MAX_TEXTURE_PX = 1024;
/** Pictures with more pixels are not decoded, because they need too much memory. */
const MAX_DECODED_PIXELS = 64_000_000;

export type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** The appearance of a part: a color (0-255, alpha 0-1) at texture coordinates. */
export interface Surface {
  readonly colorAt: (u: number, v: number) => Color;
  /** Pixels below this alpha are not drawn. */
  readonly alphaCutoff: number;
}

const WHITE: Color = [255, 255, 255, 1];

/** Reads the base color of a material: its factor, and its texture if it can be decoded. */
export async function readSurface(glb: GlbFile, material: Untyped): Promise<Surface> {
  const pbr = objectAt(material, 'pbrMetallicRoughness');
  const factor = listAt(pbr, 'baseColorFactor').map((part) => (typeof part === 'number' ? part : 1));
  const isSolid = material.alphaMode !== 'BLEND' && material.alphaMode !== 'MASK';
  const cutoff = typeof material.alphaCutoff === 'number' ? material.alphaCutoff : 0.5;
  const texture = await readTexture(glb, objectAt(pbr, 'baseColorTexture'));
  const [red = 1, green = 1, blue = 1, alpha = 1] = factor;
  // The factor is linear light, pixels are sRGB.
  const tint = [red, green, blue].map((part) => Math.max(0, part) ** (1 / 2.2));
  return {
    alphaCutoff: isSolid ? 0 : cutoff,
    colorAt: (u, v) => {
      const [r, g, b, a] = texture?.(u, v) ?? WHITE;
      return [r * (tint[0] ?? 1), g * (tint[1] ?? 1), b * (tint[2] ?? 1), a * alpha];
    },
  };
}

async function readTexture(glb: GlbFile, info: Untyped): Promise<Surface['colorAt'] | null> {
  const texture = asObject(listAt(glb.json, 'textures')[countAt(info, 'index') ?? -1]);
  const webp = countAt(objectAt(objectAt(texture, 'extensions'), 'EXT_texture_webp'), 'source');
  const encoded = glb.image(webp ?? countAt(texture, 'source') ?? -1);
  const pixels = encoded && (await decode(encoded));
  if (!pixels) return null;
  const { data, width, height } = pixels;
  const { offset, scale } = placing(info);
  return (u, v) => {
    // Repeated, as for nearly all textures of avatars.
    const x = Math.floor(fraction(u * scale[0] + offset[0]) * width);
    const y = Math.floor(fraction(v * scale[1] + offset[1]) * height);
    const at = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, (data[at + 3] ?? 255) / 255];
  };
}

/** KHR_texture_transform without its rotation, which texture atlases don't use. */
function placing(info: Untyped) {
  const moved = objectAt(objectAt(info, 'extensions'), 'KHR_texture_transform');
  const pair = (key: string, otherwise: number): readonly [number, number] => {
    const [first, second] = listAt(moved, key);
    return [typeof first === 'number' ? first : otherwise, typeof second === 'number' ? second : otherwise];
  };
  return { offset: pair('offset', 0), scale: pair('scale', 1) };
}

function fraction(value: number): number {
  return Number.isFinite(value) ? value - Math.floor(value) : 0;
}

/**
 * Returns `null` if the picture can't be decoded here (KTX2); the part then shows its plain color.
 */
async function decode(encoded: Uint8Array) {
  try {
    const picture = sharp(encoded, { limitInputPixels: MAX_DECODED_PIXELS });
    const { format } = await picture.metadata();
    if (format !== 'png' && format !== 'jpeg' && format !== 'webp') return null;
    const { data, info } = await picture
      .resize(MAX_TEXTURE_PX, MAX_TEXTURE_PX, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch {
    // A broken texture affects only its part, not the whole picture.
    return null;
  }
}
