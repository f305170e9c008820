import { MAX_READ_BLOCK_BYTES, type Pace } from '../../node/api-client/pace.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { KIB } from '../../shared/lib/sizes.ts';

/**
 * How much may be sent at once after a pause. Others on the network do not notice a quarter of a
 * second's worth.
 */
const BURST_MS = SECOND_MS / 4;
/**
 * Blocks of a tenth of a second's worth alternate often enough for files to be sent side by side.
 */
const BLOCK_MS = SECOND_MS / 10;
/** Smaller blocks are mostly overhead. */
const MIN_BLOCK_BYTES = 4 * KIB;

/** One allowance for all uploads together. */
export interface Bandwidth extends Pace {
  /** Bytes per second. Null means no limit. Applies at once, also to running uploads. */
  setLimit(bytesPerSecond: number | null): void;
}

interface Waiting {
  readonly sizeBytes: number;
  go(): void;
}

export function createBandwidth(bytesPerSecond: number | null): Bandwidth {
  return new TokenBucket(bytesPerSecond);
}

/**
 * A token bucket that fills evenly. Each upload requests one block at a time, so the uploads take
 * turns.
 */
class TokenBucket implements Bandwidth {
  #bytesPerSecond: number | null;
  /** Below 0 if more was sent than was available. Later blocks wait for that. */
  #bytes = 0;
  #filledAtMs = performance.now();
  #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(bytesPerSecond: number | null) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  blockBytes(): number {
    if (this.#bytesPerSecond === null) return MAX_READ_BLOCK_BYTES;
    const turn = Math.floor((this.#bytesPerSecond * BLOCK_MS) / SECOND_MS);
    return Math.max(MIN_BLOCK_BYTES, Math.min(turn, MAX_READ_BLOCK_BYTES));
  }

  setLimit(bytesPerSecond: number | null): void {
    this.#fill();
    // Bytes do not accumulate while there is no limit.
    if (this.#bytesPerSecond === null) this.#bytes = 0;
    this.#bytesPerSecond = bytesPerSecond;
    this.#serve();
  }

  take(sizeBytes: number, signal: AbortSignal): Promise<void> {
    if (this.#bytesPerSecond === null || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { sizeBytes, go };
      const leave = () => {
        this.#queue = this.#queue.filter((one) => one !== waiting);
        resolve();
        this.#serve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      this.#serve();
    });
  }

  #serve(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#fill();
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      const lackingMs = this.#lackingMs(first.sizeBytes);
      if (lackingMs > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(lackingMs));
        return;
      }
      this.#queue.shift();
      this.#bytes -= first.sizeBytes;
      first.go();
    }
  }

  /**
   * How long until a block may be sent. One that is larger than the bucket is sent when the bucket
   * is full, and leaves a debt.
   */
  #lackingMs(sizeBytes: number): number {
    if (this.#bytesPerSecond === null) return 0;
    const lacking = Math.min(sizeBytes, this.#capacity()) - this.#bytes;
    return (lacking * SECOND_MS) / this.#bytesPerSecond;
  }

  #capacity(): number {
    return ((this.#bytesPerSecond ?? 0) * BURST_MS) / SECOND_MS;
  }

  #fill(): void {
    const nowMs = performance.now();
    const filled = ((this.#bytesPerSecond ?? 0) * (nowMs - this.#filledAtMs)) / SECOND_MS;
    this.#filledAtMs = nowMs;
    this.#bytes = Math.min(this.#bytes + filled, this.#capacity());
  }
}
