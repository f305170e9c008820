import type { TextureSummary } from '../compare/bundle-summary.ts';
import { MAX_SUMMARY_NAME_CHARS, MAX_SUMMARY_TEXTURES } from '../compare/summary-limits.ts';
import { decodeBase64Prefix } from './base64-prefix.ts';
import { type ImageFormat, imageFormats, readImageHeader } from './image-header.ts';
import { readKtx2Size } from './ktx2-header.ts';
import { distinctNames } from './model-summary.ts';
import { PrefixBuffer } from './probe.ts';
import { countAt, listAt, textAt, type Untyped } from './untyped.ts';

/** PNG, WebP and KTX2 have their size in the first bytes. */
const SHORT_PREFIX_BYTES = 128;
/**
 * A JPEG has its size after its metadata, which is rarely longer. For 256 pictures, this holds 8
 * MiB at most.
 */
const JPEG_PREFIX_BYTES = 32 * 1024;

interface EmbeddedImage {
  readonly name: string;
  readonly mimeType: string;
  /** The offset of its bytes in the binary chunk. */
  readonly start: number;
  readonly sizeBytes: number;
  readonly prefix: PrefixBuffer;
}

/** Watches the binary chunk of a model and keeps the headers of its pictures. */
export class EmbeddedImages {
  readonly #images: readonly EmbeddedImage[];

  constructor(gltf: Untyped) {
    const images = listAt(gltf, 'images').slice(0, MAX_SUMMARY_TEXTURES);
    const names = distinctNames(images);
    this.#images = images.map((image, index) => locate(gltf, image, names[index] ?? ''));
  }

  /** `offset`: where `bytes` start in the binary chunk. */
  push(bytes: Uint8Array, offset: number): void {
    for (const { start, sizeBytes, prefix } of this.#images) {
      const from = Math.max(0, start - offset);
      const to = Math.min(bytes.byteLength, start + sizeBytes - offset);
      // A prefix grows from the start of the picture until it is full.
      if (from < to) prefix.push(bytes.subarray(from, to));
    }
  }

  textures(): TextureSummary[] {
    return this.#images.map(({ name, mimeType, sizeBytes, prefix }) => ({
      name: name.slice(0, MAX_SUMMARY_NAME_CHARS),
      sizeBytes,
      ...readPicture(prefix.bytes, mimeType),
    }));
  }
}

function locate(gltf: Untyped, image: unknown, name: string): EmbeddedImage {
  const mimeType = (textAt(image, 'mimeType') ?? '').toLowerCase();
  const uri = textAt(image, 'uri');
  if (uri !== undefined) return { name, mimeType, start: 0, ...readDataUri(uri) };
  const viewIndex = countAt(image, 'bufferView');
  const view = viewIndex === undefined ? undefined : listAt(gltf, 'bufferViews')[viewIndex];
  return {
    name,
    mimeType,
    start: countAt(view, 'byteOffset') ?? 0,
    sizeBytes: countAt(view, 'byteLength') ?? 0,
    // Only the first buffer is the binary chunk.
    prefix: new PrefixBuffer(countAt(view, 'buffer') === 0 ? prefixBytesFor(mimeType) : 0),
  };
}

function prefixBytesFor(mimeType: string): number {
  return mimeType === '' || mimeType === 'image/jpeg' ? JPEG_PREFIX_BYTES : SHORT_PREFIX_BYTES;
}

/** Returns the start of a picture in a `data:` URL, and its total size. */
function readDataUri(uri: string): Pick<EmbeddedImage, 'sizeBytes' | 'prefix'> {
  const comma = uri.indexOf(',');
  if (comma < 0 || !/;base64$/i.test(uri.slice(0, comma))) return { sizeBytes: 0, prefix: new PrefixBuffer(0) };
  const start = decodeBase64Prefix(uri, comma + 1, JPEG_PREFIX_BYTES);
  // Exactly as large as its content, so nothing from the binary chunk is added.
  const prefix = new PrefixBuffer(start.byteLength);
  prefix.push(start);
  const padding = uri.endsWith('==') ? 2 : Number(uri.endsWith('='));
  return { sizeBytes: Math.max(0, Math.floor(((uri.length - comma - 1) * 3) / 4) - padding), prefix };
}

type Picture = Pick<TextureSummary, 'format' | 'width' | 'height'>;

/** Recognizes the format by the first bytes, otherwise uses the one that the model declares. */
function readPicture(bytes: Uint8Array, mimeType: string): Picture {
  const ktx2 = readKtx2Size(bytes);
  if (ktx2) return { format: 'ktx2', ...ktx2 };
  for (const format of imageFormats) {
    const { header, fault } = readImageHeader(bytes, format);
    if (header) return { format, width: header.width, height: header.height };
    if (fault === 'unreadable') return { format, width: null, height: null };
  }
  return { format: declaredFormat(mimeType), width: null, height: null };
}

function declaredFormat(mimeType: string): ImageFormat | 'ktx2' | 'unknown' {
  const name = mimeType.replace(/^image\//, '');
  return name === 'ktx2' ? name : (imageFormats.find((format) => format === name) ?? 'unknown');
}
