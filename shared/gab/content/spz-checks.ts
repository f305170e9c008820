import type { BundleCodec } from '../codec.ts';
import { MAX_SPLAT_POINTS, MAX_SPLATS_UNPACKED_BYTES } from '../limits.ts';
import { latin1 } from '../sniff.ts';
import { findGzipFault, type GzipMember, readGzipMember, startsLikeGzip } from './gzip-member.ts';
import { type ContentResult, found } from './probe.ts';
import { LAST_GZIP_VERSION, readSpzHeader, SPZ_HEADER_BYTES, SPZ_MAGIC, type SpzHeader } from './spz-header.ts';
import { findStreamsFault } from './spz-streams.ts';

/** Compressed bytes that are enough for a 16-byte header in any reasonable stream. */
const GZIP_SAMPLE_BYTES = 4096;
/** Deflate can't expand data more than this (zlib.net/zlib_tech.html). */
const MAX_DEFLATE_GROWTH = 1032;
/** Vendor records contain only a few numbers each. */
const MAX_EXTENSION_BYTES = 64 * 1024;

/**
 * How much the gzip splats of a bundle may still unpack to, so that many small ones take no more
 * time than a large one.
 */
export interface SplatBudget {
  leftBytes: number;
}

export function createSplatBudget(): SplatBudget {
  return { leftBytes: MAX_SPLATS_UNPACKED_BYTES };
}

/**
 * Checks a Gaussian splat in SPZ format: its header must account for every byte, packed or
 * unpacked.
 */
export async function checkSpz(
  bytes: Uint8Array,
  codec: BundleCodec,
  budget: SplatBudget = createSplatBudget(),
): Promise<ContentResult> {
  if (latin1(bytes.subarray(0, 4)) === SPZ_MAGIC) return checkPlain(bytes);
  if (!startsLikeGzip(bytes)) return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: 'spz' });
  const member = readGzipMember(bytes);
  const sample = member?.deflated.subarray(0, GZIP_SAMPLE_BYTES);
  const start = sample && (await codec.inflateRawPrefix(sample, SPZ_HEADER_BYTES));
  if (!member || !start) return found('GAB_E_SPLAT', { reason: 'gzip' });
  if (latin1(start.subarray(0, 4)) !== SPZ_MAGIC) return found('GAB_E_SPLAT', { reason: 'not-spz' });
  const header = readSpzHeader(start);
  if (typeof header === 'string') return headerFault(header, start);
  if (header.version > LAST_GZIP_VERSION) return headerFault('version', start);
  return checkPacked({ header, member }, codec, budget);
}

function checkPlain(bytes: Uint8Array): ContentResult {
  const header = readSpzHeader(bytes);
  if (typeof header === 'string') return headerFault(header, bytes);
  if (header.version <= LAST_GZIP_VERSION) return headerFault('version', bytes);
  if (header.points > MAX_SPLAT_POINTS) return tooManyPoints(header);
  const fault = findStreamsFault(bytes, header);
  return fault ? found('GAB_E_SPLAT', { reason: fault }) : readable(header);
}

interface PackedSplat {
  readonly header: SpzHeader;
  readonly member: GzipMember;
}

async function checkPacked(
  { header, member }: PackedSplat,
  codec: BundleCodec,
  budget: SplatBudget,
): Promise<ContentResult> {
  const unpackedBytes = SPZ_HEADER_BYTES + header.points * header.strideBytes;
  const isPossible = unpackedBytes <= member.deflated.byteLength * MAX_DEFLATE_GROWTH;
  if (header.points > MAX_SPLAT_POINTS || !isPossible) return tooManyPoints(header);
  const maxBytes = unpackedBytes + (header.hasExtensions ? MAX_EXTENSION_BYTES : 0);
  // The trailer is only a claim, but it avoids unpacking data that can't be valid.
  if (member.sizeBytes < unpackedBytes || member.sizeBytes > maxBytes)
    return found('GAB_E_SPLAT', { reason: 'length' });
  if (member.sizeBytes > budget.leftBytes) {
    const params = { limit: 'splats', sizeBytes: member.sizeBytes, maxBytes: budget.leftBytes };
    return found('GAB_E_SIZE_LIMIT', params);
  }
  budget.leftBytes -= member.sizeBytes;
  const fault = await findGzipFault(member, maxBytes, codec);
  return fault ? found('GAB_E_SPLAT', { reason: fault }) : readable(header);
}

function headerFault(reason: 'header' | 'version', bytes: Uint8Array): ContentResult {
  if (reason === 'header') return found('GAB_E_SPLAT', { reason });
  const version = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
  return found('GAB_E_SPLAT', { reason, version });
}

function tooManyPoints({ points }: SpzHeader): ContentResult {
  return found('GAB_E_SPLAT', { reason: 'points', points });
}

function readable({ points }: SpzHeader): ContentResult {
  return { findings: [], summary: { splat: { points } } };
}
