import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { MAX_THUMBNAIL_BYTES } from '../../shared/gab/limits.ts';
import { recognizeBytes } from '../../shared/gab/recognize/recognize-bytes.ts';
import { describeType } from '../../shared/gab/recognize/texts.en.ts';
import { SNIFF_BYTES } from '../../shared/gab/sniff.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { UsageError } from '../command-output.ts';
import type { GlbFile } from '../render/glb-file.ts';
import { renderThumbnail, THUMBNAIL_PX } from '../render/render-thumbnail.ts';
import type { SceneFault } from '../render/scene.ts';
import { vrmThumbnail } from './make-manifest.ts';
import type { ImportedFile } from './recognize-input.ts';

/** Enough for a photo of a camera; larger files are refused. */
const MAX_PICTURE_BYTES = 32 * MIB;
const MAX_DECODED_PIXELS = 64_000_000;

/**
 * Returns the chosen picture, otherwise the picture in the VRM, otherwise one drawn from the model.
 */
export async function makeThumbnail(glb: GlbFile, file: string | undefined): Promise<ImportedFile> {
  if (file !== undefined) {
    if ((await stat(file)).size > MAX_PICTURE_BYTES) throw new UsageError(`${file} is too large for a thumbnail`);
    const bytes = await readFile(file);
    const fitted = await fitPicture(bytes);
    if (!fitted) throw new UsageError(`${file} isn't a PNG, JPEG or WebP picture${describeOther(bytes)}`);
    return fitted;
  }
  const own = vrmThumbnail(glb);
  const fitted = own && (await fitPicture(own));
  if (fitted) return fitted;
  const rendered = await renderThumbnail(glb);
  if (!rendered.ok) throw new UsageError(`${explain(rendered.failure)}; choose a picture with --thumbnail FILE`);
  return thumbnailFile('png', rendered.value);
}

/** What a file is instead of a picture; empty if unknown, or if it is a damaged picture. */
function describeOther(bytes: Uint8Array): string {
  const type = recognizeBytes(bytes.subarray(0, SNIFF_BYTES));
  const isPicture = type === 'png' || type === 'jpeg' || type === 'webp';
  const text = type === null || isPicture ? null : describeType(type);
  if (text) return `: it is ${text.is}`;
  return isPicture ? ' that can be read' : '';
}

function explain(fault: SceneFault): string {
  switch (fault) {
    case 'compressed':
      return "the mesh is compressed (Draco, meshopt) or sparse and can't be drawn here";
    case 'empty':
      return 'the model has nothing to draw';
    case 'too-complex':
      return 'the model has too many triangles to draw';
    default:
      return assertNever(fault, 'scene fault');
  }
}

/** 512 x 512 without metadata: PNG, or JPEG if a PNG would be too large. */
export async function fitPicture(bytes: Uint8Array): Promise<ImportedFile | null> {
  const picture = sharp(bytes, { limitInputPixels: MAX_DECODED_PIXELS, failOn: 'error' });
  const metadata = await picture.metadata().catch(() => null);
  if (!metadata || !['png', 'jpeg', 'webp'].includes(metadata.format)) return null;
  const fitted = picture.rotate().resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'cover' });
  try {
    const png = await fitted.clone().png({ compressionLevel: 9 }).toBuffer();
    if (png.byteLength <= MAX_THUMBNAIL_BYTES) return thumbnailFile('png', png);
    return thumbnailFile('jpeg', await fitted.flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer());
  } catch {
    // The header is valid, but the rest is not a picture.
    return null;
  }
}

function thumbnailFile(format: 'png' | 'jpeg', bytes: Uint8Array): ImportedFile {
  const path = format === 'png' ? 'thumbnail.png' : 'thumbnail.jpg';
  return { id: 'thumbnail', kind: 'thumbnail', format, path, bytes };
}
