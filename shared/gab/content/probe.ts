import type { BundleCodec } from '../codec.ts';
import type { GabCode } from '../codes.ts';
import type { AssetSummary } from '../compare/bundle-summary.ts';
import type { FindingDetails } from '../finding-list.ts';
import type { ModelFacts } from './model-facts.ts';

export interface ContentFinding {
  readonly code: GabCode;
  readonly pointer?: string;
  readonly params?: FindingDetails['params'];
}

export type ContentSummary = Pick<AssetSummary, 'model' | 'splat' | 'image'>;

export interface ContentResult {
  readonly findings: readonly ContentFinding[];
  /** What a model contains, for checks across assets. */
  readonly model?: ModelFacts;
  /** What a comparison needs to know about the content. */
  readonly summary?: Partial<ContentSummary>;
}

/** Inspects the bytes of one asset as they arrive and keeps only what its checks need. */
export interface ContentProbe {
  push(bytes: Uint8Array): void;
  /** `sizeBytes`: the total number of bytes pushed. */
  finish(sizeBytes: number, codec: BundleCodec): ContentResult | Promise<ContentResult>;
}

export const NOTHING_FOUND: ContentResult = { findings: [] };

export function found(code: GabCode, params?: FindingDetails['params'], pointer?: string): ContentResult {
  return { findings: [{ code, ...(params && { params }), ...(pointer !== undefined && { pointer }) }] };
}

/** Keeps the first `maxBytes` that are pushed, growing as needed. */
export class PrefixBuffer {
  readonly #maxBytes: number;
  #bytes: Uint8Array = new Uint8Array();
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): void {
    const taken = Math.min(bytes.byteLength, this.#maxBytes - this.#length);
    if (taken <= 0) return;
    this.#reserve(this.#length + taken);
    this.#bytes.set(bytes.subarray(0, taken), this.#length);
    this.#length += taken;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(needed: number): void {
    if (needed <= this.#bytes.byteLength) return;
    const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(needed, 2 * this.#bytes.byteLength)));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}

/** Creates a probe that checks the first `maxBytes` of the content. */
export function prefixProbe(
  maxBytes: number,
  judge: (prefix: Uint8Array, sizeBytes: number, codec: BundleCodec) => ContentResult | Promise<ContentResult>,
): ContentProbe {
  const prefix = new PrefixBuffer(maxBytes);
  return {
    push: (bytes) => prefix.push(bytes),
    finish: (sizeBytes, codec) => judge(prefix.bytes, sizeBytes, codec),
  };
}

/**
 * Creates a probe that checks the whole content, of which at most `maxBytes` are kept. If all
 * `sizeBytes` arrive in one piece, as those of most entries do, they are checked on the spot:
 * keeping them would mean to copy them.
 */
export function wholeProbe(
  { maxBytes, sizeBytes }: { readonly maxBytes: number; readonly sizeBytes: number },
  judge: (bytes: Uint8Array) => ContentResult,
): Pick<ContentProbe, 'push'> & { finish(): ContentResult } {
  const kept = new PrefixBuffer(maxBytes);
  let result: ContentResult | null = null;
  return {
    push: (bytes) => {
      if (bytes.byteLength === sizeBytes && sizeBytes <= maxBytes) result = judge(bytes);
      else kept.push(bytes);
    },
    finish: () => result ?? judge(kept.bytes),
  };
}
