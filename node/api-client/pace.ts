import { KIB } from '../../shared/lib/sizes.ts';

/** Larger blocks cost memory without being faster. Smaller ones cost time. */
export const MAX_READ_BLOCK_BYTES = 512 * KIB;

/** Decides when bytes may be sent. */
export interface Pace {
  /** The most bytes to read at once. May change at any time. */
  blockBytes(): number;
  /** Resolves when this many bytes may be sent, or as soon as `signal` aborts. */
  take(sizeBytes: number, signal: AbortSignal): Promise<void>;
}

/** As fast as the connection. */
export const UNLIMITED_PACE: Pace = { blockBytes: () => MAX_READ_BLOCK_BYTES, take: () => Promise.resolve() };
