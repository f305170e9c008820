import type {
  BundleCodec,
  InflatedAside,
  InflateFailure,
  InflateOutcome,
  InflateRequest,
} from '../shared/gab/codec.ts';
import { KIB, MIB } from '../shared/lib/sizes.ts';

/** zlib's Z_SYNC_FLUSH: give out what is there and do not complain that the stream has no end. */
const SYNC_FLUSH = 2;
const STREAM_CHUNK_BYTES = MIB;
/** Node cuts smaller buffers (below half of its 64 KiB) out of a pool that belongs to everybody. */
const NEVER_POOLED_BYTES = 128 * KIB;

interface NodeHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

interface NodeInflater {
  readonly bytesWritten: number;
  readonly destroyed: boolean;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  write(chunk: Uint8Array, done: () => void): boolean;
  end(): unknown;
  destroy(): unknown;
}

/** The pieces of node:crypto and node:zlib that are used: `nodeCodec({ createHash, zlib })`. */
export interface NodePieces {
  readonly createHash: (algorithm: 'sha256') => NodeHash;
  readonly zlib: {
    crc32(bytes: Uint8Array, previous?: number): number;
    inflateRawSync(bytes: Uint8Array, options: object): unknown;
    inflateRaw(bytes: Uint8Array, options: object, done: (error: Error | null, result: unknown) => void): void;
    createInflateRaw(options: { chunkSize: number }): NodeInflater;
  };
}

/** The codec of Node and Electron's main process. */
export function nodeCodec({ createHash, zlib }: NodePieces): BundleCodec {
  return {
    createSha256: () => {
      const hash = createHash('sha256');
      return { update: (bytes) => void hash.update(bytes), digestHex: () => hash.digest('hex') };
    },
    crc32: (bytes, previous) => zlib.crc32(bytes, previous),
    inflateRaw: (request) => inflateAtOnce(zlib, request),
    inflateRawAside: (request) => inflateAside(zlib, request),
    inflateRawStream: (request) => inflateStream(zlib.createInflateRaw({ chunkSize: STREAM_CHUNK_BYTES }), request),
    inflateRawPrefix: (compressed, byteCount) => inflatePrefix(zlib, compressed, byteCount),
  };
}

function inflateAtOnce(zlib: NodePieces['zlib'], request: InflateRequest<Uint8Array>): InflateOutcome {
  const { input, maxOutputBytes, onOutput } = request;
  const inflated = tryInflate(zlib, input, oneShotOptions(maxOutputBytes));
  if (typeof inflated === 'string') return { ok: false, failure: inflated };
  const { buffer, engine } = inflated;
  if (buffer.byteLength > maxOutputBytes) return { ok: false, failure: 'too-long' };
  onOutput(buffer);
  free(buffer.buffer, chunkBytesFor(maxOutputBytes));
  return { ok: true, consumedBytes: engine.bytesWritten };
}

function inflateAside(
  zlib: NodePieces['zlib'],
  { input, maxOutputBytes }: Omit<InflateRequest<Uint8Array>, 'onOutput'>,
): Promise<InflatedAside> {
  return new Promise((resolve) => {
    zlib.inflateRaw(input, oneShotOptions(maxOutputBytes), (error, result) => {
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

function tryInflate(zlib: NodePieces['zlib'], input: Uint8Array, options: object): Inflated | InflateFailure {
  try {
    return zlib.inflateRawSync(input, options) as Inflated;
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): InflateFailure {
  const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  return isTooLong ? 'too-long' : 'corrupt';
}

/**
 * Gives the memory back at once. Left to the garbage collector, the output of one large bundle lies around in full, because
 * nothing tells it how much there is.
 */
function free(buffer: ArrayBufferLike, allocatedBytes: number): void {
  const isOwn = buffer.byteLength === allocatedBytes && allocatedBytes >= NEVER_POOLED_BYTES;
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function inflatePrefix(zlib: NodePieces['zlib'], compressed: Uint8Array, byteCount: number): Uint8Array | null {
  try {
    const output = zlib.inflateRawSync(compressed, { finishFlush: SYNC_FLUSH }) as Uint8Array;
    return output.byteLength < byteCount ? null : new Uint8Array(output.subarray(0, byteCount));
  } catch {
    return null;
  }
}

/** Resolves when the stream ended, broke, or gave more than it may. Never rejects. */
function outcomeOf(
  inflater: NodeInflater,
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
      // One microtask later zlib's thread is at work on the next piece while this one is hashed. The order stays.
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
  inflater: NodeInflater,
  request: InflateRequest<AsyncIterable<Uint8Array>>,
): Promise<InflateOutcome> {
  const outcome = outcomeOf(inflater, request);
  try {
    for await (const chunk of request.input) {
      const written = new Promise<'written'>((resolve) => {
        inflater.write(chunk, () => resolve('written'));
      });
      // When the deflate stream ends inside a chunk, zlib never calls back: the end is told by the outcome.
      if ((await Promise.race([written, outcome])) !== 'written' || inflater.destroyed) return await outcome;
    }
    inflater.end();
    return await outcome;
  } finally {
    inflater.destroy();
  }
}
