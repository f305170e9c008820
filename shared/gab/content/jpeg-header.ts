import { latin1 } from '../sniff.ts';
import { type ImageReading, NOT_THIS_FORMAT, readable, UNREADABLE } from './image-reading.ts';

// ITU-T T.81, annex B: markers start with FF; SOFn contains the size.
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
/** C4, C8 and CC are in the range of the SOF markers but are tables and extensions. */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

export function readJpegHeader(bytes: Uint8Array): ImageReading {
  if (latin1(bytes.subarray(0, 3)) !== '\xff\xd8\xff') return NOT_THIS_FORMAT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: { width: number; height: number } | null = null;
  let hasMetadata = false;
  let at = 2;
  while (at + 4 <= bytes.byteLength) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff) return UNREADABLE;
    // Any number of FF bytes may precede a marker.
    if (marker === 0xff) at += 1;
    else if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    else {
      if (isFrame(marker) && at + 9 <= bytes.byteLength)
        size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      if (marker === APP1) hasMetadata ||= isMetadata(bytes.subarray(at + 4, at + 34));
      at += 2 + view.getUint16(at + 2);
    }
  }
  return size ? readable({ ...size, hasMetadata }) : UNREADABLE;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker);
}

function isMetadata(segment: Uint8Array): boolean {
  const text = latin1(segment);
  return text.startsWith('Exif\0') || text.startsWith('http://ns.adobe.com/x');
}
