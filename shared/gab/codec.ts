/** A SHA-256 that is fed piece by piece. */
export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hex digits. Called once, last. */
  digestHex(): string | Promise<string>;
}

/** `too-long`: more than was allowed came out. `corrupt`: not a deflate stream, or one that does not end. */
export type InflateFailure = 'corrupt' | 'too-long';

export type InflateOutcome =
  /** `consumedBytes` says where the stream ended in the input; `null` where the platform cannot tell. */
  | { readonly ok: true; readonly consumedBytes: number | null }
  | { readonly ok: false; readonly failure: InflateFailure };

export interface InflateRequest<Input> {
  readonly input: Input;
  /** Inflating stops as `too-long` as soon as more than this would come out. */
  readonly maxOutputBytes: number;
  /** Gets the output in order. A piece is only good during the call: its memory is freed right after. */
  readonly onOutput: (bytes: Uint8Array) => void;
}

/** The whole output of a stream, which the caller holds until it calls `free`. */
export type InflatedAside =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly consumedBytes: number; readonly free: () => void }
  | { readonly ok: false; readonly failure: InflateFailure };

/**
 * What the reader needs of its platform. `shared` may not import node: nor the DOM, so the caller hands it in:
 * `nodeCodec` of node/, `webCodec` over Web Crypto and DecompressionStream.
 */
export interface BundleCodec {
  createSha256(): IncrementalHash;
  /** CRC-32 of ZIP, continued from `previous` (0 to begin). Absent: our own table. */
  readonly crc32?: (bytes: Uint8Array, previous: number) => number;
  /** One call for a small stream. */
  inflateRaw(request: InflateRequest<Uint8Array>): InflateOutcome | Promise<InflateOutcome>;
  /**
   * The same in another thread, so that the caller's can do something else meanwhile; the input must not change until then.
   * Never rejects. Absent where the platform has no such threads.
   */
  readonly inflateRawAside?: (request: Omit<InflateRequest<Uint8Array>, 'onOutput'>) => Promise<InflatedAside>;
  /** Piece by piece. An input piece may be overwritten as soon as the next one is asked for. */
  inflateRawStream(request: InflateRequest<AsyncIterable<Uint8Array>>): Promise<InflateOutcome>;
  /** The first `byteCount` bytes out of the beginning of a stream, or `null`. `compressed` is at most a few KiB. */
  inflateRawPrefix(compressed: Uint8Array, byteCount: number): Promise<Uint8Array | null> | Uint8Array | null;
}
