import type { ImageReading } from './image-reading.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { readPngHeader } from './png-header.ts';
import { readWebpHeader } from './webp-header.ts';

export const imageFormats = ['png', 'jpeg', 'webp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Width, height and metadata of a picture from its headers. Decodes nothing and never throws. */
export function readImageHeader(bytes: Uint8Array, format: ImageFormat): ImageReading {
  switch (format) {
    case 'png':
      return readPngHeader(bytes);
    case 'jpeg':
      return readJpegHeader(bytes);
    case 'webp':
      return readWebpHeader(bytes);
  }
}
