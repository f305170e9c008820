import { SECOND_MS } from '../../shared/lib/durations.ts';
import { KIB } from '../../shared/lib/sizes.ts';

/** Larger blocks cost memory and bring nothing; smaller ones cost time. */
export const MAX_READ_BLOCK_BYTES = 512 * KIB;

/** Decides when bytes may go on. */
export interface Pace {
  /** How many to read at once, at most. May change at any time. */
  blockBytes(): number;
  /** Resolves when this many may go on, or as soon as `signal` says that they need not. */
  take(sizeBytes: number, signal: AbortSignal): Promise<void>;
}

/** How much may go out at once after a pause: a quarter of a second's worth is not felt by others on the line. */
const BURST_MS = SECOND_MS / 4;
/** Blocks of a tenth of a second's worth take turns often enough for files to go on side by side. */
const BLOCK_MS = SECOND_MS / 10;
/** Smaller blocks are mostly overhead. */
const MIN_BLOCK_BYTES = 4 * KIB;

/** One allowance for all uploads together. */
export interface Bandwidth extends Pace {
  /** Bytes a second; null: as fast as the line is. Holds at once, also for what is on its way. */
  setLimit(bytesPerSecond: number | null): void;
}

interface Waiting {
  readonly sizeBytes: number;
  go(): void;
}

export function createBandwidth(bytesPerSecond: number | null): Bandwidth {
  return new TokenBucket(bytesPerSecond);
}

/** Fills evenly; whoever wants bytes waits in line. Each upload asks for one block at a time, so the line is their turns. */
class TokenBucket implements Bandwidth {
  #bytesPerSecond: number | null;
  /** Below 0: more went out than there was, which is waited for afterwards. */
  #bytes = 0;
  #filledAtMs = performance.now();
  #line: Waiting[] = [];
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
    // Nothing is saved up while there is no limit.
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
        this.#line = this.#line.filter((one) => one !== waiting);
        resolve();
        this.#serve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#line.push(waiting);
      this.#serve();
    });
  }

  #serve(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#fill();
    for (let first = this.#line[0]; first !== undefined; first = this.#line[0]) {
      const lackingMs = this.#lackingMs(first.sizeBytes);
      if (lackingMs > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(lackingMs));
        return;
      }
      this.#line.shift();
      this.#bytes -= first.sizeBytes;
      first.go();
    }
  }

  /** How long until a block may go. One that is larger than the bucket goes when it is full, and leaves a debt. */
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
