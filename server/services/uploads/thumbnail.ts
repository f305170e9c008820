import sharp from 'sharp';
import { sha256Hex } from '../../../node/sha256.ts';

/** Largest side of a served picture, in pixels. */
const MAX_SIDE_PIXELS = 512;
/** The format allows 1024 x 1024; what claims more is not decoded (gab-format 2.5). */
const MAX_INPUT_PIXELS = 1024 * 1024;
const WEBP_QUALITY = 82;
const ALLOWED_FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);

let isPrepared = false;

/** Threat: libvips also reads SVG, PDF and more by content. Everything but three decoders is switched off for good. */
function prepareOnce(): void {
  if (isPrepared) return;
  isPrepared = true;
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });
}

export interface Thumbnail {
  readonly bytes: Uint8Array;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Draws the bundle's picture anew: what is served holds pixels only, no metadata and nothing that another reader could
 * take for something else. Null where it is no decodable PNG, JPEG or WebP within the limits.
 */
export async function encodeThumbnail(source: Uint8Array): Promise<Thumbnail | null> {
  prepareOnce();
  try {
    const image = sharp(source, { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'error', pages: 1 });
    const { format } = await image.metadata();
    if (!ALLOWED_FORMATS.has(format)) return null;
    const bytes = await image
      .autoOrient()
      .resize(MAX_SIDE_PIXELS, MAX_SIDE_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: WEBP_QUALITY })
      .toBuffer();
    return { bytes, sha256: sha256Hex(bytes) };
  } catch {
    // The bytes are foreign: that they cannot be decoded is an answer, not a fault.
    return null;
  }
}
