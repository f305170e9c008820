import type { ImageReading } from './image-reading.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { readPngHeader } from './png-header.ts';
import { readWebpHeader } from './webp-header.ts';

export const imageFormats = ['png', 'jpeg', 'webp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

const readers = { png: readPngHeader, jpeg: readJpegHeader, webp: readWebpHeader } as const satisfies Record<
  ImageFormat,
  (bytes: Uint8Array) => ImageReading
>;

/**
 * Reads width, height and metadata of a picture from its headers. Decodes nothing and never throws.
 */
export function readImageHeader(bytes: Uint8Array, format: ImageFormat): ImageReading {
  return readers[format](bytes);
}
