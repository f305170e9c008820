import { latin1 } from '../sniff.ts';
import { type ImageReading, NOT_THIS_FORMAT, readable, UNREADABLE } from './image-reading.ts';

// RFC 9649, section 2: RIFF, then one of three first chunks.
const FIRST_CHUNK = 12;
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;

export function readWebpHeader(bytes: Uint8Array): ImageReading {
  if (latin1(bytes.subarray(0, 4)) !== 'RIFF' || latin1(bytes.subarray(8, 12)) !== 'WEBP') return NOT_THIS_FORMAT;
  if (bytes.byteLength < 30) return UNREADABLE;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = readSize(view, latin1(bytes.subarray(FIRST_CHUNK, FIRST_CHUNK + 4)));
  return size ? readable({ ...size, hasMetadata: hasMetadata(bytes, view) }) : UNREADABLE;
}

function readSize(view: DataView, type: string): { width: number; height: number } | null {
  if (type === 'VP8X') return { width: 1 + readUint24(view, 24), height: 1 + readUint24(view, 27) };
  if (type === 'VP8L' && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  const isLossy = type === 'VP8 ' && readUint24(view, 23) === 0x2a019d;
  return isLossy ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function hasMetadata(bytes: Uint8Array, view: DataView): boolean {
  let at = FIRST_CHUNK;
  while (at + 8 <= bytes.byteLength) {
    const type = latin1(bytes.subarray(at, at + 4));
    if (type === 'EXIF' || type === 'XMP ') return true;
    if (type === 'VP8X' && at + 8 < bytes.byteLength && view.getUint8(at + 8) & (EXIF_FLAG | XMP_FLAG)) return true;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return false;
}
