import { createHash } from 'node:crypto';
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import type {
  BundleCodec,
  InflatedAside,
  InflateFailure,
  InflateOutcome,
  InflateRequest,
} from '../shared/gab/codec.ts';
import { KIB, MIB } from '../shared/lib/sizes.ts';
import { hasErrorCode } from './error-code.ts';

const STREAM_CHUNK_BYTES = MIB;
/** Node cuts smaller buffers (below half of its 64 KiB) out of a pool that belongs to everybody. */
const NEVER_POOLED_BYTES = 128 * KIB;

/**
 * The codec of Node and Electron's main process: SHA-256 of node:crypto, CRC-32 and inflate of
 * node:zlib.
 */
export const nodeCodec: BundleCodec = {
  createSha256: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), digestHex: () => hash.digest('hex') };
  },
  crc32: (bytes, previous) => crc32(bytes, previous),
  inflateRaw: inflateAtOnce,
  inflateRawAside: inflateAside,
  inflateRawStream: (request) => inflateStream(createInflateRaw({ chunkSize: STREAM_CHUNK_BYTES }), request),
  inflateRawPrefix: inflatePrefix,
};

function inflateAtOnce(request: InflateRequest<Uint8Array>): InflateOutcome {
  const { input, maxOutputBytes, onOutput } = request;
  const inflated = tryInflate(input, oneShotOptions(maxOutputBytes));
  if (typeof inflated === 'string') return { ok: false, failure: inflated };
  const { buffer, engine } = inflated;
  if (buffer.byteLength > maxOutputBytes) return { ok: false, failure: 'too-long' };
  onOutput(buffer);
  free(buffer.buffer, chunkBytesFor(maxOutputBytes));
  return { ok: true, consumedBytes: engine.bytesWritten };
}

function inflateAside({ input, maxOutputBytes }: Omit<InflateRequest<Uint8Array>, 'onOutput'>): Promise<InflatedAside> {
  return new Promise((resolve) => {
    inflateRaw(input, oneShotOptions(maxOutputBytes), (error, result: unknown) => {
      if (error) {
        resolve({ ok: false, failure: failureOf(error) });
        return;
      }
      const { buffer, engine } = result as Inflated;
      if (buffer.byteLength > maxOutputBytes) resolve({ ok: false, failure: 'too-long' });
      else {
        const release = () => free(buffer.buffer, chunkBytesFor(maxOutputBytes));
        resolve({ ok: true, bytes: buffer, consumedBytes: engine.bytesWritten, free: release });
      }
    });
  });
}

/** Room for the whole output in one piece, and for one byte too many. */
function chunkBytesFor(maxOutputBytes: number): number {
  return Math.max(64, maxOutputBytes + 1);
}

function oneShotOptions(maxOutputBytes: number) {
  // 0 is not a legal limit: an empty entry may yield one byte here and is refused afterwards.
  return { maxOutputLength: Math.max(1, maxOutputBytes), chunkSize: chunkBytesFor(maxOutputBytes), info: true };
}

interface Inflated {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

function tryInflate(input: Uint8Array, options: object): Inflated | InflateFailure {
  try {
    return inflateRawSync(input, options) as unknown as Inflated;
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): InflateFailure {
  return hasErrorCode(error, 'ERR_BUFFER_TOO_LARGE') ? 'too-long' : 'corrupt';
}

/**
 * Gives the memory back at once. Left to the garbage collector, the output of one large bundle
 * stays allocated, because it does not know how large it is.
 */
function free(buffer: ArrayBufferLike, allocatedBytes: number): void {
  const isOwn = buffer.byteLength === allocatedBytes && allocatedBytes >= NEVER_POOLED_BYTES;
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function inflatePrefix(compressed: Uint8Array, byteCount: number): Uint8Array | null {
  try {
    // Gives out what is there and does not complain that the stream has no end.
    const output = inflateRawSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
    return output.byteLength < byteCount ? null : new Uint8Array(output.subarray(0, byteCount));
  } catch {
    return null;
  }
}

/** Resolves when the stream ended, broke, or gave more than it may. Never rejects. */
function outcomeOf(
  inflater: InflateRaw,
  { maxOutputBytes, onOutput }: Pick<InflateRequest<unknown>, 'maxOutputBytes' | 'onOutput'>,
): Promise<InflateOutcome> {
  let outputBytes = 0;
  const consume = (chunk: Uint8Array) => {
    onOutput(chunk);
    // Where a piece ends before its buffer does, zlib still writes to the rest.
    if (chunk.byteOffset + chunk.byteLength === chunk.buffer.byteLength) free(chunk.buffer, STREAM_CHUNK_BYTES);
  };
  return new Promise((resolve) => {
    inflater.on('data', (chunk) => {
      outputBytes += chunk.byteLength;
      // One microtask later zlib's thread is at work on the next piece while this one is hashed.
      // The order stays.
      if (outputBytes <= maxOutputBytes) void Promise.resolve(chunk).then(consume);
      else {
        resolve({ ok: false, failure: 'too-long' });
        inflater.destroy();
      }
    });
    inflater.on('end', () => resolve({ ok: true, consumedBytes: inflater.bytesWritten }));
    inflater.on('error', () => resolve({ ok: false, failure: 'corrupt' }));
  });
}

async function inflateStream(
  inflater: InflateRaw,
  request: InflateRequest<AsyncIterable<Uint8Array>>,
): Promise<InflateOutcome> {
  const outcome = outcomeOf(inflater, request);
  try {
    for await (const chunk of request.input) {
      const written = new Promise<'written'>((resolve) => {
        inflater.write(chunk, () => resolve('written'));
      });
      // When the deflate stream ends inside a chunk, zlib never calls back: the outcome settles
      // instead.
      if ((await Promise.race([written, outcome])) !== 'written' || inflater.destroyed) return await outcome;
    }
    inflater.end();
    return await outcome;
  } finally {
    inflater.destroy();
  }
}
