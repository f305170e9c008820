import { constants, deflateRaw } from 'node:zlib';
import type { BundleEncoder } from '../shared/gab/write/bundle-encoder.ts';

/** The best that deflate can do; a bundle is written once and sent often. */
const LEVEL = 9;
/**
 * Smaller blocks follow the parts of a mesh better: over the sample models 6 came out smallest of 1
 * to 9.
 */
const MEMORY_LEVEL = 6;
/** A segment that does not compress grows by a few bytes: one buffer is enough for its output. */
const SPARE_BYTES = 1024;

/**
 * The encoder of Node and Electron's main process. Segments are deflated on the threads of zlib.
 */
export const nodeEncoder: BundleEncoder = {
  deflateSegment: (segment, { isLast }) =>
    new Promise((resolve, reject) => {
      const options = {
        level: LEVEL,
        memLevel: MEMORY_LEVEL,
        chunkSize: segment.byteLength + SPARE_BYTES,
        finishFlush: isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH,
      };
      deflateRaw(segment, options, (error, output) => (error ? reject(error) : resolve(output)));
    }),
};
