import type { ByteRange } from '../blobs/blob-store.ts';

const SINGLE_RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/;

/**
 * Parses a `Range` header with one range (RFC 9110, 14.1.2). `null` means to send the whole file,
 * also if the header has several ranges or is malformed, which the RFC allows. `unsatisfiable`
 * means 416.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const match = header === undefined ? null : SINGLE_RANGE.exec(header.trim());
  if (!match) return null;
  const [, from, to, suffix] = match;
  if (suffix !== undefined) return lastBytes(Number(suffix), sizeBytes);
  const first = Number(from);
  if (to && Number(to) < first) return null;
  if (first >= sizeBytes) return 'unsatisfiable';
  return { first, last: to ? Math.min(Number(to), sizeBytes - 1) : sizeBytes - 1 };
}

function lastBytes(count: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || sizeBytes === 0) return 'unsatisfiable';
  return { first: Math.max(0, sizeBytes - count), last: sizeBytes - 1 };
}

/**
 * Whether one of the tags of an `If-None-Match` header is this one (weak comparison, RFC 9110,
 * 13.1.2).
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
