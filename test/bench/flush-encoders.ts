import zlib from 'node:zlib';
import { nodeEncoder } from '../../node/bundle-encoder.ts';
import type { BundleEncoder } from '../../shared/gab/write/bundle-encoder.ts';

const LEVEL = 9;
/** Deflate's window. */
const HISTORY_BYTES = 32 * 1024;

/** Like the writer: compresses every segment separately. */
export const flushed: BundleEncoder = nodeEncoder;

/**
 * One stream without flushes, as other ZIP tools write it. Segments arrive in order, so they can be
 * joined.
 */
export function createPlain(): BundleEncoder {
  let pending: Uint8Array[] = [];
  return {
    deflateSegment: (segment, { isLast }) => {
      pending.push(segment);
      if (!isLast) return Promise.resolve(new Uint8Array());
      const whole = Buffer.concat(pending);
      pending = [];
      return Promise.resolve(zlib.deflateRawSync(whole, { level: LEVEL }));
    },
  };
}

/**
 * Flushes at the same cuts, but each segment may refer to the 32 KiB before it. Shows the effect of
 * resetting the window.
 */
export function createRemembering(): BundleEncoder {
  let history: Buffer = Buffer.alloc(0);
  return {
    deflateSegment: (segment, { isLast }) => {
      const dictionary = history.byteLength > 0 ? { dictionary: history } : {};
      const { Z_FINISH, Z_SYNC_FLUSH } = zlib.constants;
      const options = { level: LEVEL, memLevel: 6, finishFlush: isLast ? Z_FINISH : Z_SYNC_FLUSH, ...dictionary };
      const deflated = zlib.deflateRawSync(segment, options);
      history = isLast ? Buffer.alloc(0) : Buffer.concat([history, segment]).subarray(-HISTORY_BYTES);
      return Promise.resolve(deflated);
    },
  };
}
