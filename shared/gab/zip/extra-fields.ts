/**
 * Alignment padding, Unix times, owner and NTFS times are ignored. All other fields can change the
 * meaning of the entry.
 */
const HARMLESS_EXTRAS: ReadonlySet<number> = new Set([0xd935, 0x5455, 0x7875, 0x000a]);

export type ExtraFault =
  | { readonly reason: 'malformed' | 'on-mimetype' }
  | { readonly reason: 'forbidden'; readonly id: string };

/** Returns what is wrong with the extra field of an entry (gab-format 2.2, rule 8), or `null`. */
export function findExtraFault(extra: Uint8Array, rawName: string): ExtraFault | null {
  if (extra.byteLength === 0) return null;
  if (rawName === 'mimetype') return { reason: 'on-mimetype' };
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  let at = 0;
  while (at + 4 <= extra.byteLength) {
    const id = view.getUint16(at, true);
    if (!HARMLESS_EXTRAS.has(id)) return { reason: 'forbidden', id: `0x${id.toString(16).padStart(4, '0')}` };
    at += 4 + view.getUint16(at + 2, true);
  }
  return at === extra.byteLength ? null : { reason: 'malformed' };
}
