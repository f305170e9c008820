/** A SHA-256 that is computed piece by piece. */
export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hex digits. Called once, at the end. */
  digestHex(): string | Promise<string>;
}

/**
 * `too-long`: the output exceeds the limit. `corrupt`: not a deflate stream, or it has no end.
 */
export type InflateFailure = 'corrupt' | 'too-long';

export type InflateOutcome =
  /**
   * `consumedBytes` is where the stream ended in the input; `null` if the platform doesn't know.
   */
  | { readonly ok: true; readonly consumedBytes: number | null }
  | { readonly ok: false; readonly failure: InflateFailure };

export interface InflateRequest<Input> {
  readonly input: Input;
  /** Inflating stops with `too-long` as soon as the output would exceed this. */
  readonly maxOutputBytes: number;
  /**
   * Receives the output in order. A piece is valid only during the call; its memory is freed
   * afterwards.
   */
  readonly onOutput: (bytes: Uint8Array) => void;
}

/** The complete output of a stream. The caller owns it until it calls `free`. */
export type InflatedAside =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly consumedBytes: number; readonly free: () => void }
  | { readonly ok: false; readonly failure: InflateFailure };

/**
 * What the reader needs from its platform. `shared` may import neither node: nor the DOM, so the
 * caller passes it in: `nodeCodec` of node/, or `webCodec` on Web Crypto and DecompressionStream.
 */
export interface BundleCodec {
  createSha256(): IncrementalHash;
  /**
   * CRC-32 as ZIP uses it, continued from `previous` (0 to start). If absent, the table in
   * `crc32.ts` is used.
   */
  readonly crc32?: (bytes: Uint8Array, previous: number) => number;
  /** Inflates a small stream in one call. */
  inflateRaw(request: InflateRequest<Uint8Array>): InflateOutcome | Promise<InflateOutcome>;
  /**
   * Does the same in another thread, so that the calling thread can do other work in the meantime;
   * the input must not change until then. Never rejects. Absent if the platform has no such
   * threads.
   */
  readonly inflateRawAside?: (request: Omit<InflateRequest<Uint8Array>, 'onOutput'>) => Promise<InflatedAside>;
  /**
   * Inflates piece by piece. An input piece may be overwritten as soon as the next one is
   * requested.
   */
  inflateRawStream(request: InflateRequest<AsyncIterable<Uint8Array>>): Promise<InflateOutcome>;
  /**
   * Returns the first `byteCount` bytes of a stream's output, or `null`. `compressed` is at most a
   * few KiB.
   */
  inflateRawPrefix(compressed: Uint8Array, byteCount: number): Promise<Uint8Array | null> | Uint8Array | null;
}
