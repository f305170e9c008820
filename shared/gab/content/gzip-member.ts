import { MIB } from '../../lib/sizes.ts';
import type { BundleCodec, InflateOutcome } from '../codec.ts';
import { crc32 as ownCrc32 } from '../crc32.ts';

const GZIP_MAGIC = [0x1f, 0x8b, 8] as const;
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
/** RFC 1952 leaves these unset; other programs refuse a file that sets them. */
const RESERVED_FLAGS = 0xe0;
/** CRC-32 and size of the uncompressed data. */
const TRAILER_BYTES = 8;
/** Passed to the platform at once; smaller pieces only cost more calls. */
const SLICE_BYTES = MIB;

export interface GzipMember {
  readonly deflated: Uint8Array;
  readonly crc32: number;
  /** Of the uncompressed data, modulo 2^32. */
  readonly sizeBytes: number;
}

export function startsLikeGzip(bytes: Uint8Array): boolean {
  return GZIP_MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * Splits a file that is one gzip member into its parts (RFC 1952, 2.3). Returns `null` if its frame
 * is cut off or uses reserved flags. Nothing is unpacked.
 */
export function readGzipMember(bytes: Uint8Array): GzipMember | null {
  const start = dataOffset(bytes);
  const end = bytes.byteLength - TRAILER_BYTES;
  if (start === null || start >= end) return null;
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, TRAILER_BYTES);
  return {
    deflated: bytes.subarray(start, end),
    crc32: trailer.getUint32(0, true),
    sizeBytes: trailer.getUint32(4, true),
  };
}

function dataOffset(bytes: Uint8Array): number | null {
  const flags = bytes[3] ?? 0;
  if (flags & RESERVED_FLAGS) return null;
  let at = 10;
  if (flags & FLAG_EXTRA) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & FLAG_HEADER_CRC) at += 2;
  return at;
}

export type GzipFault = 'gzip' | 'length';

/**
 * Unpacks a member without keeping the output and returns what is wrong with it: `length` if the
 * output exceeds `maxBytes` or doesn't match its trailer, `gzip` if it is damaged or has bytes
 * after its end. Never unpacks more than `maxBytes`.
 */
export async function findGzipFault(
  member: GzipMember,
  maxBytes: number,
  codec: BundleCodec,
): Promise<GzipFault | null> {
  const crc32 = codec.crc32 ?? ownCrc32;
  let crc = 0;
  let sizeBytes = 0;
  const outcome = await codec.inflateRawStream({
    input: slicesOf(member.deflated),
    maxOutputBytes: maxBytes,
    onOutput: (bytes) => {
      crc = crc32(bytes, crc);
      sizeBytes += bytes.byteLength;
    },
  });
  const fault = outcomeFault(outcome, member);
  if (fault) return fault;
  if (sizeBytes !== member.sizeBytes) return 'length';
  return crc === member.crc32 ? null : 'gzip';
}

function outcomeFault(outcome: InflateOutcome, { deflated }: GzipMember): GzipFault | null {
  if (!outcome.ok) return outcome.failure === 'too-long' ? 'length' : 'gzip';
  const hasSlack = outcome.consumedBytes !== null && outcome.consumedBytes !== deflated.byteLength;
  return hasSlack ? 'gzip' : null;
}

async function* slicesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += SLICE_BYTES)
    yield await Promise.resolve(bytes.subarray(at, at + SLICE_BYTES));
}
