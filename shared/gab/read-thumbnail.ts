import { MIB } from '../lib/sizes.ts';
import { extensionOf } from './asset-table.ts';
import type { ByteSource } from './byte-source.ts';
import type { BundleCodec } from './codec.ts';
import { type ImageFormat, imageFormats, readImageHeader } from './content/image-header.ts';
import { crc32 as ownCrc32 } from './crc32.ts';
import { MAX_THUMBNAIL_BYTES, MAX_THUMBNAIL_PX } from './limits.ts';
import { latin1, startsLikeGab } from './sniff.ts';

const HEAD_BYTES = MIB;
const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const FLAG_DATA_DESCRIPTOR = 1 << 3;
/** `mimetype`, `manifest.json`, then the thumbnail. */
const THUMBNAIL_INDEX = 2;

export interface BundleThumbnail {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** Pixels, from the header of the picture. */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the thumbnail from the first 1 MiB of a bundle, for a preview before the file is checked
 * (gab-format 5). It is not verified against the manifest, so the screen must say so. Returns
 * `null` if there is no thumbnail that is safe to decode; a hostile file never makes it throw.
 * Rejects only if the source does.
 */
export async function readThumbnail(
  source: ByteSource,
  codec?: Pick<BundleCodec, 'crc32'>,
): Promise<BundleThumbnail | null> {
  if (source.size < LOCAL_HEADER_BYTES) return null;
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const entry = startsLikeGab(head) ? findEntry(head, THUMBNAIL_INDEX) : null;
  const format = entry && imageFormats.find((name) => entry.name === `thumbnail.${extensionOf(name)}`);
  if (!entry || !format) return null;
  const crc32 = codec?.crc32 ?? ownCrc32;
  if (entry.data.byteLength > MAX_THUMBNAIL_BYTES || crc32(entry.data, 0) !== entry.crc32) return null;
  const { header } = readImageHeader(entry.data, format);
  // A picture with 60,000 pixels per side needs gigabytes to decode.
  if (!header || Math.max(header.width, header.height) > MAX_THUMBNAIL_PX) return null;
  // A copy, so that the megabyte around it can be freed. (`slice` of a Node Buffer does not copy.)
  return { bytes: new Uint8Array(entry.data), format, width: header.width, height: header.height };
}

interface HeadEntry {
  readonly name: string;
  readonly crc32: number;
  /** The stored bytes of the entry. */
  readonly data: Uint8Array;
}

/** Returns the stored entry at `index`, if it is completely in the head of the file. */
function findEntry(head: Uint8Array, index: number): HeadEntry | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let at = 0;
  for (let current = 0; at + LOCAL_HEADER_BYTES <= head.byteLength; current += 1) {
    if (view.getUint32(at, true) !== LOCAL_SIGNATURE || view.getUint16(at + 6, true) & FLAG_DATA_DESCRIPTOR)
      return null;
    const nameAt = at + LOCAL_HEADER_BYTES;
    const nameEnd = nameAt + view.getUint16(at + 26, true);
    const dataAt = nameEnd + view.getUint16(at + 28, true);
    const dataEnd = dataAt + view.getUint32(at + 18, true);
    if (dataEnd > head.byteLength) return null;
    if (current === index) {
      const isStored = view.getUint16(at + 8, true) === 0 && view.getUint32(at + 22, true) === dataEnd - dataAt;
      const name = latin1(head.subarray(nameAt, nameEnd));
      return isStored ? { name, crc32: view.getUint32(at + 14, true), data: head.subarray(dataAt, dataEnd) } : null;
    }
    at = dataEnd;
  }
  return null;
}
