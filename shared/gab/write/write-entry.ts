import type { ByteSource } from '../byte-source.ts';
import type { BundleCodec } from '../codec.ts';
import { createCutFinder, flushCuts } from '../content-cuts.ts';
import { crc32 as ownCrc32 } from '../crc32.ts';
import { MAX_RATIO, RATIO_FREE_BYTES } from '../limits.ts';
import { WINDOW_BYTES, WindowedReader } from '../windowed-reader.ts';
import type { BundleEncoder } from './bundle-encoder.ts';
import type { OutputBuffer } from './output-buffer.ts';
import { localHeader, type WrittenEntry } from './zip-records.ts';

/**
 * Number of segments deflated at the same time: zlib has four threads. Limits the memory to this
 * many pieces of 128 KiB.
 */
const SEGMENTS_IN_WORK = 4;

const findFlushCut = createCutFinder(flushCuts);

export interface WriteTools {
  readonly codec: BundleCodec;
  readonly encoder: BundleEncoder;
}

export interface EntryToWrite {
  readonly path: string;
  readonly source: ByteSource;
  /** Whether to deflate the entry; false if it would not help. */
  readonly deflate: boolean;
  readonly crc32: number;
}

/** How entries are deflated. */
export interface Deflating {
  readonly encoder: BundleEncoder;
  /** Without flush points, an entry is one segment, held in memory completely. */
  readonly isFlushed: boolean;
}

/** Appends an entry, header and data. Returns `null` if the file would become too large. */
export async function writeEntry(
  output: OutputBuffer,
  entry: EntryToWrite,
  deflating: Deflating,
): Promise<WrittenEntry | null> {
  const { path, source, crc32 } = entry;
  const headerAt = output.length;
  const draft = { path, isStored: true, crc32, compressedBytes: source.size, sizeBytes: source.size };
  if (!output.append(localHeader(draft))) return null;
  const dataAt = output.length;
  const isDeflated = entry.deflate && (await deflateInto(output, source, deflating));
  const compressedBytes = output.length - dataAt;
  if (isDeflated && isWorthIt(source.size, compressedBytes)) {
    const written = { ...draft, isStored: false, compressedBytes };
    output.replace(headerAt, localHeader(written));
    return written;
  }
  output.truncate(dataAt);
  return (await storeInto(output, source)) ? draft : null;
}

/**
 * Readers treat more than 100:1 as a bomb, so content that compresses that well is stored instead.
 */
function isWorthIt(sizeBytes: number, compressedBytes: number): boolean {
  const isBomb = sizeBytes > RATIO_FREE_BYTES && sizeBytes > compressedBytes * MAX_RATIO;
  return compressedBytes < sizeBytes && !isBomb;
}

export interface Measured {
  readonly sha256: string;
  readonly crc32: number;
}

/** Reads a source once to measure what the manifest and the headers need. */
export async function measure(source: ByteSource, codec: BundleCodec): Promise<Measured> {
  const crc32 = codec.crc32 ?? ownCrc32;
  const hash = codec.createSha256();
  let crc = 0;
  for await (const piece of windowsOf(source)) {
    crc = crc32(piece, crc);
    hash.update(piece);
  }
  return { sha256: await hash.digestHex(), crc32: crc };
}

/** Yields the bytes of a source in pieces; each is valid until the next one. */
async function* windowsOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  const reader = new WindowedReader(source);
  for (let at = 0; at < source.size; at += WINDOW_BYTES) {
    yield await reader.view(at, Math.min(WINDOW_BYTES, source.size - at));
  }
}

async function storeInto(output: OutputBuffer, source: ByteSource): Promise<boolean> {
  for await (const piece of windowsOf(source)) if (!output.append(piece)) return false;
  return true;
}

/**
 * Deflates with a full flush at every content-defined cut. Returns false if there was not enough
 * room.
 */
async function deflateInto(output: OutputBuffer, source: ByteSource, deflating: Deflating): Promise<boolean> {
  const { encoder, isFlushed } = deflating;
  const inWork: Promise<Uint8Array>[] = [];
  let hasRoom = true;
  const takeOldest = async () => {
    const deflated = await inWork.shift();
    hasRoom &&= deflated === undefined || output.append(deflated);
  };
  for await (const { bytes, isLast } of isFlushed ? segmentsOf(source) : wholeOf(source)) {
    if (inWork.length >= SEGMENTS_IN_WORK) await takeOldest();
    inWork.push(encoder.deflateSegment(bytes, { isLast }));
    if (!hasRoom) break;
  }
  while (inWork.length > 0) await takeOldest();
  return hasRoom;
}

interface Segment {
  /** A copy: the encoder may keep it while the next segment is read. */
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** Yields at least one segment, even for an empty file: a deflate stream needs an end. */
async function* segmentsOf(source: ByteSource): AsyncGenerator<Segment> {
  const reader = new WindowedReader(source);
  let at = 0;
  do {
    const view = await reader.view(at, Math.min(flushCuts.maxBytes, source.size - at));
    const length = findFlushCut(view, 0, view.byteLength);
    at += length;
    yield { bytes: new Uint8Array(view.subarray(0, length)), isLast: at === source.size };
  } while (at < source.size);
}

async function* wholeOf(source: ByteSource): AsyncGenerator<Segment> {
  const bytes = new Uint8Array(source.size);
  let filled = 0;
  for await (const piece of windowsOf(source)) {
    bytes.set(piece, filled);
    filled += piece.byteLength;
  }
  yield { bytes, isLast: true };
}
