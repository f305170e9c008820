import type { BundleEncoder } from '../shared/gab/write/bundle-encoder.ts';

// zlib's flush values: Z_FULL_FLUSH, Z_FINISH.
const FULL_FLUSH = 3;
const FINISH = 4;
/** The best that deflate can do; a bundle is written once and sent often. */
const LEVEL = 9;
/** Smaller blocks follow the parts of a mesh better: over the sample models 6 came out smallest of 1 to 9. */
const MEMORY_LEVEL = 6;
/** A segment that does not compress grows by a few bytes: one buffer is enough for its output. */
const SPARE_BYTES = 1024;

interface DeflateOptions {
  readonly level: number;
  readonly memLevel: number;
  readonly chunkSize: number;
  readonly finishFlush: number;
}

/** The piece of node:zlib that is used: `nodeEncoder(zlib)`. */
export interface NodeDeflate {
  deflateRaw(bytes: Uint8Array, options: DeflateOptions, done: (error: Error | null, output: Uint8Array) => void): void;
}

/** The encoder of Node and Electron's main process. Segments are deflated on the threads of zlib. */
export function nodeEncoder(zlib: NodeDeflate): BundleEncoder {
  return {
    deflateSegment: (segment, { isLast }) =>
      new Promise((resolve, reject) => {
        const options = {
          level: LEVEL,
          memLevel: MEMORY_LEVEL,
          chunkSize: segment.byteLength + SPARE_BYTES,
          finishFlush: isLast ? FINISH : FULL_FLUSH,
        };
        zlib.deflateRaw(segment, options, (error, output) => (error ? reject(error) : resolve(output)));
      }),
  };
}
