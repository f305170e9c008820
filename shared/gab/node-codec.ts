import { MIB } from '../lib/sizes.ts';
import type { BundleCodec, InflatedBytes, InflateOutcome, InflateStreamRequest } from './codec.ts';

/** zlib's Z_SYNC_FLUSH: give out what is there and do not complain that the stream has no end. */
const SYNC_FLUSH = 2;
const STREAM_CHUNK_BYTES = MIB;

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
    inflateRaw: (compressed, maxOutputBytes) => inflateAtOnce(zlib, compressed, maxOutputBytes),
    inflateRawStream: (request) => inflateStream(zlib.createInflateRaw({ chunkSize: STREAM_CHUNK_BYTES }), request),
    inflateRawPrefix: (compressed, byteCount) => inflatePrefix(zlib, compressed, byteCount),
  };
}

function inflateAtOnce(zlib: NodePieces['zlib'], compressed: Uint8Array, maxOutputBytes: number): InflatedBytes {
  // 0 is not a legal limit: an empty entry may yield one byte here and is refused below.
  const maxOutputLength = Math.max(1, maxOutputBytes);
  const chunkSize = Math.max(64, maxOutputBytes + 1);
  try {
    const { buffer, engine } = zlib.inflateRawSync(compressed, { maxOutputLength, chunkSize, info: true }) as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    if (buffer.byteLength > maxOutputBytes) return { ok: false, failure: 'too-long' };
    return { ok: true, bytes: buffer, consumedBytes: engine.bytesWritten };
  } catch (error) {
    const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, failure: isTooLong ? 'too-long' : 'corrupt' };
  }
}

function inflatePrefix(zlib: NodePieces['zlib'], compressed: Uint8Array, byteCount: number): Uint8Array | null {
  try {
    const output = zlib.inflateRawSync(compressed, { finishFlush: SYNC_FLUSH }) as Uint8Array;
    return output.byteLength < byteCount ? null : output.slice(0, byteCount);
  } catch {
    return null;
  }
}

/** Resolves when the stream ended, broke, or gave more than it may. Never rejects. */
function outcomeOf(inflater: NodeInflater, request: InflateStreamRequest): Promise<InflateOutcome> {
  let outputBytes = 0;
  return new Promise((resolve) => {
    inflater.on('data', (chunk) => {
      outputBytes += chunk.byteLength;
      if (outputBytes <= request.maxOutputBytes) request.onOutput(chunk);
      else {
        resolve({ ok: false, failure: 'too-long' });
        inflater.destroy();
      }
    });
    inflater.on('end', () => resolve({ ok: true, consumedBytes: inflater.bytesWritten }));
    inflater.on('error', () => resolve({ ok: false, failure: 'corrupt' }));
  });
}

async function inflateStream(inflater: NodeInflater, request: InflateStreamRequest): Promise<InflateOutcome> {
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
