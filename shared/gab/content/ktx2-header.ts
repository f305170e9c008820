import { latin1 } from '../sniff.ts';

// KTX 2.0 (registry.khronos.org/KTX/specs/2.0), section 3: twelve bytes of identifier, then
// vkFormat, typeSize, width, height.
const IDENTIFIER = '\xabKTX 20\xbb\r\n\x1a\n';
const WIDTH_AT = 20;
const HEADER_END = 28;

/**
 * Reads the size of a KTX2 texture in pixels; `null` if the bytes are not such a header.
 * One-dimensional textures have a height of 1.
 */
export function readKtx2Size(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.byteLength < HEADER_END || latin1(bytes.subarray(0, 12)) !== IDENTIFIER) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(WIDTH_AT, true), height: Math.max(1, view.getUint32(WIDTH_AT + 4, true)) };
}
