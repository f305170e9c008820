import sharp from 'sharp';
import { sha256Hex } from '../../../node/sha256.ts';

/** The longest side of a served picture, in pixels. */
const MAX_SIDE_PIXELS = 512;
/**
 * The format allows 1024 x 1024; a picture that claims to be larger is not decoded (gab-format
 * 2.5).
 */
const MAX_INPUT_PIXELS = 1024 * 1024;
const WEBP_QUALITY = 82;
const ALLOWED_FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);

let isPrepared = false;

/**
 * Threat: libvips also reads SVG, PDF and more, depending on the content. All decoders but three
 * are switched off for the lifetime of the process.
 */
function prepareOnce(): void {
  if (isPrepared) return;
  isPrepared = true;
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });
}

export interface EncodedThumbnail {
  readonly bytes: Uint8Array;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Re-encodes the bundle's picture: the served file contains only pixels, no metadata and nothing
 * that another reader could take for something else. Null if it is not a decodable PNG, JPEG or
 * WebP within the limits.
 */
export async function encodeThumbnail(source: Uint8Array): Promise<EncodedThumbnail | null> {
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
    // The bytes are untrusted, so a decoding error is an expected result.
    return null;
  }
}
