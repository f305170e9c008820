import type { BundleCodec, InflatedAside, InflateOutcome } from './codec.ts';
import { crc32 as ownCrc32 } from './crc32.ts';
import { fitsOneShot, type ReadAhead } from './read-ahead.ts';
import type { WindowedReader } from './windowed-reader.ts';
import { WINDOW_BYTES } from './windowed-reader.ts';
import { STORED } from './zip/entry-rules.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

export type UnpackFault = 'corrupt' | 'too-long' | 'too-short' | 'slack' | 'stored-size';

export interface EntryFacts {
  /** Actual number of uncompressed bytes. */
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly sha256: string;
}

export type EntryReading =
  | { readonly fault: null; readonly facts: EntryFacts }
  | { readonly fault: UnpackFault; readonly facts: null };

export interface EntryReaderParts {
  readonly reader: WindowedReader;
  readonly codec: BundleCodec;
  /** Inflates the next small entries in the meantime. */
  readonly ahead?: ReadAhead | undefined;
}

/**
 * Unpacks one entry, never more than its declared size, and passes every piece to `onBytes`, which
 * must not keep it. Returns the measured facts, or why the data doesn't match the headers.
 */
export async function readEntry(
  parts: EntryReaderParts,
  entry: LocatedEntry,
  onBytes: (bytes: Uint8Array) => void,
): Promise<EntryReading> {
  const meter = createMeter(parts.codec, onBytes);
  const fault = await unpack(parts, entry, meter.push);
  if (fault) return { fault, facts: null };
  if (meter.sizeBytes() !== entry.size) return { fault: 'too-short', facts: null };
  return { fault: null, facts: await meter.finish() };
}

function createMeter(codec: BundleCodec, onBytes: (bytes: Uint8Array) => void) {
  const hash = codec.createSha256();
  const crc32 = codec.crc32 ?? ownCrc32;
  let crc = 0;
  let sizeBytes = 0;
  return {
    push: (bytes: Uint8Array) => {
      sizeBytes += bytes.byteLength;
      crc = crc32(bytes, crc);
      hash.update(bytes);
      onBytes(bytes);
    },
    sizeBytes: () => sizeBytes,
    finish: async (): Promise<EntryFacts> => ({ sizeBytes, crc32: crc, sha256: await hash.digestHex() }),
  };
}

type Push = (bytes: Uint8Array) => void;

async function unpack(parts: EntryReaderParts, entry: LocatedEntry, push: Push): Promise<UnpackFault | null> {
  if (entry.method === STORED) return unpackStored(parts.reader, entry, push);
  const outcome = fitsOneShot(entry)
    ? await inflateAtOnce(parts, entry, push)
    : await inflateInPieces(parts, entry, push);
  if (!outcome.ok) return outcome.failure;
  // Bytes after the end of the stream are in no reader's output, so something could be hidden
  // there.
  return outcome.consumedBytes !== null && outcome.consumedBytes !== entry.compressedSize ? 'slack' : null;
}

async function unpackStored(reader: WindowedReader, entry: LocatedEntry, push: Push): Promise<UnpackFault | null> {
  if (entry.size !== entry.compressedSize) return 'stored-size';
  for await (const slice of slicesOf(reader, entry)) push(slice);
  return null;
}

async function inflateAtOnce(
  { reader, codec, ahead }: EntryReaderParts,
  entry: LocatedEntry,
  push: Push,
): Promise<InflateOutcome> {
  if (ahead) return pushInflated(await ahead.take(entry), push);
  const input = await reader.view(entry.dataOffset, entry.compressedSize);
  return codec.inflateRaw({ input, maxOutputBytes: entry.size, onOutput: push });
}

function pushInflated(inflated: InflatedAside, push: Push): InflateOutcome {
  if (!inflated.ok) return inflated;
  push(inflated.bytes);
  inflated.free();
  return { ok: true, consumedBytes: inflated.consumedBytes };
}

function inflateInPieces(
  { reader, codec }: EntryReaderParts,
  entry: LocatedEntry,
  push: Push,
): Promise<InflateOutcome> {
  return codec.inflateRawStream({ input: slicesOf(reader, entry), maxOutputBytes: entry.size, onOutput: push });
}

async function* slicesOf(reader: WindowedReader, entry: LocatedEntry): AsyncGenerator<Uint8Array> {
  const end = entry.dataOffset + entry.compressedSize;
  for (let at = entry.dataOffset; at < end; at += WINDOW_BYTES)
    yield await reader.view(at, Math.min(WINDOW_BYTES, end - at));
}
