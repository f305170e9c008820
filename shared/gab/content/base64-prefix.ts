const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map(ALPHABET.split('').map((character, value) => [character, value]));

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
    const value = VALUES.get(text.charAt(at));
    if (value === undefined) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = held >>> bits;
    length += 1;
  }
  return bytes.subarray(0, length);
}
