import type { ByteSource } from '../../shared/gab/byte-source.ts';
import type { BundleCodec, InflateRequest } from '../../shared/gab/codec.ts';

/** What a reader did to its file: for tests that bound its work. */
export interface Watch {
  reads: number;
  bytesRead: number;
  /** Bytes of the largest single read: the most that the reader has in memory at once. */
  largestRead: number;
  bytesInflated: number;
  /** Reads outside the file. */
  outside: string[];
}

export function createWatch(): Watch {
  return { reads: 0, bytesRead: 0, largestRead: 0, bytesInflated: 0, outside: [] };
}

/** A source over bytes that notes every read. */
export function watchedSource(bytes: Uint8Array, watch: Watch): ByteSource {
  return {
    size: bytes.byteLength,
    read: (offset, length) => {
      watch.reads += 1;
      watch.bytesRead += length;
      watch.largestRead = Math.max(watch.largestRead, length);
      const isInside = Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= bytes.byteLength;
      if (!isInside) watch.outside.push(`${length} bytes at ${offset} of ${bytes.byteLength}`);
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
  };
}

/** A codec that notes how much came out of it. */
export function watchedCodec(codec: BundleCodec, watch: Watch): BundleCodec {
  const count = <Input>(request: InflateRequest<Input>): InflateRequest<Input> => ({
    ...request,
    onOutput: (bytes) => {
      watch.bytesInflated += bytes.byteLength;
      request.onOutput(bytes);
    },
  });
  const { inflateRawAside } = codec;
  return {
    ...codec,
    ...(inflateRawAside && {
      inflateRawAside: async (request) => {
        const inflated = await inflateRawAside(request);
        if (inflated.ok) watch.bytesInflated += inflated.bytes.byteLength;
        return inflated;
      },
    }),
    inflateRaw: (request) => codec.inflateRaw(count(request)),
    inflateRawStream: (request) => codec.inflateRawStream(count(request)),
  };
}
