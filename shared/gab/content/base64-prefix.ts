const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NO_VALUE = 255;
/** The value of each character by its code. */
const VALUES = new Uint8Array(128).fill(NO_VALUE);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/**
 * Decodes at most `maxBytes` bytes of base64 text from `start` on (RFC 4648, section 4), up to the
 * first other character.
 */
export function decodeBase64Prefix(text: string, start: number, maxBytes: number): Uint8Array {
  const room = Math.min(maxBytes, Math.floor(((text.length - start) * 3) / 4));
  const bytes = new Uint8Array(Math.max(0, room));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = start; at < text.length && length < bytes.byteLength; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? NO_VALUE;
    if (value === NO_VALUE) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = held >>> bits;
    length += 1;
  }
  return bytes.subarray(0, length);
}
