import { createSpeedMeter, type SpeedMeter } from '../timing/speed-meter.ts';
import { type Moved, NOTHING_MOVED } from './moved.ts';
import type { LiveProgress } from './transfer-views.ts';

/** Why a person stopped it. */
export type StopReason = 'cancel' | 'pause';

/** One attempt while it runs: how far it is, and how it is stopped. */
export class RunningTransfer {
  readonly #abort = new AbortController();
  readonly #speed: SpeedMeter = createSpeedMeter();
  #moved: Moved = NOTHING_MOVED;
  #stopped: StopReason | null = null;
  /** Resolves when the attempt is settled. Never rejects. */
  ended: Promise<void> = Promise.resolve();

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get moved(): Moved {
    return this.#moved;
  }

  /** Null: nobody stopped it, or only the application's end did. */
  get stopped(): StopReason | null {
    return this.#stopped;
  }

  live(nowMs: number): LiveProgress {
    return { ...this.#moved, bytesPerSecond: this.#speed.bytesPerSecond(nowMs) };
  }

  /** What is there never shrinks within one attempt; answers may overtake each other. */
  progress(doneBytes: number, nowMs: number): void {
    this.#moved = { ...this.#moved, doneBytes: Math.max(this.#moved.doneBytes, doneBytes) };
    this.#speed.record(this.#moved.doneBytes, nowMs);
  }

  traveled(sentBytes: number, streamBytes: number): void {
    this.#moved = { ...this.#moved, sentBytes, streamBytes };
  }

  /** Who resumes what is just being paused means it: it was cut off, and begins again. */
  goOn(): void {
    if (this.#stopped === 'pause') this.#stopped = null;
  }

  /** Cuts it off. The last word of a person counts: who cancels what is being paused means it. */
  stop(reason: StopReason | null): void {
    this.#stopped = reason ?? this.#stopped;
    this.#abort.abort();
  }
}
