import { latin1 } from '../sniff.ts';
import { type ImageReading, NOT_THIS_FORMAT, readable, UNREADABLE } from './image-reading.ts';

// PNG, third edition (w3.org/TR/png-3), section 5 and 11.2.1.
const SIGNATURE = '\x89PNG\r\n\x1a\n';
const HEADER_END = 33;
const TEXT_CHUNKS = new Set(['tEXt', 'zTXt', 'iTXt']);
/** Longest keyword of a text chunk. */
const KEYWORD_BYTES = 79;
const METADATA_KEYWORD = /^(?:XML:com\.adobe\.xmp|Raw profile type (?:exif|xmp|app1))(?:\0|$)/i;

export function readPngHeader(bytes: Uint8Array): ImageReading {
  if (latin1(bytes.subarray(0, 8)) !== SIGNATURE) return NOT_THIS_FORMAT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_END || view.getUint32(8) !== 13) return UNREADABLE;
  if (latin1(bytes.subarray(12, 16)) !== 'IHDR') return UNREADABLE;
  return readable({ width: view.getUint32(16), height: view.getUint32(20), hasMetadata: hasMetadata(bytes, view) });
}

function hasMetadata(bytes: Uint8Array, view: DataView): boolean {
  let at = HEADER_END;
  while (at + 8 <= bytes.byteLength) {
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (type === 'eXIf') return true;
    if (TEXT_CHUNKS.has(type) && METADATA_KEYWORD.test(latin1(bytes.subarray(at + 8, at + 8 + KEYWORD_BYTES))))
      return true;
    // Length, type and checksum have 12 bytes, so the loop always advances.
    at += 12 + view.getUint32(at);
  }
  return false;
}
