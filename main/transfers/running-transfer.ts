import { createSpeedMeter, type SpeedMeter } from '../timing/speed-meter.ts';

/** How much of a transfer's file has been transferred. */
export interface TransferredBytes {
  /** Uploads: the bytes on the server. Downloads: the bytes on this disk. */
  readonly doneBytes: number;
  /** Uploads: the bytes sent so far. */
  readonly sentBytes: number;
  /** Uploads: all bytes that must be sent; null until the server has said how many. */
  readonly streamBytes: number | null;
}

/** What is measured only while a transfer runs. */
export interface RunningProgress extends TransferredBytes {
  readonly bytesPerSecond: number;
}

const NOTHING_TRANSFERRED: TransferredBytes = { doneBytes: 0, sentBytes: 0, streamBytes: null };

/** Why a person stopped it. */
export type StopReason = 'cancel' | 'pause';

/** One running attempt: its progress, and the way to stop it. */
export class RunningTransfer {
  readonly #abort = new AbortController();
  readonly #speed: SpeedMeter = createSpeedMeter();
  #transferred: TransferredBytes = NOTHING_TRANSFERRED;
  #stopped: StopReason | null = null;
  /** Resolves when the attempt is settled. Never rejects. */
  ended: Promise<void> = Promise.resolve();

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get transferred(): TransferredBytes {
    return this.#transferred;
  }

  /** Null if no person stopped it. The end of the application also leaves it null. */
  get stopped(): StopReason | null {
    return this.#stopped;
  }

  progressAt(nowMs: number): RunningProgress {
    return { ...this.#transferred, bytesPerSecond: this.#speed.bytesPerSecond(nowMs) };
  }

  /** Responses may arrive out of order, so `doneBytes` never shrinks within one attempt. */
  progress(doneBytes: number, nowMs: number): void {
    this.#transferred = { ...this.#transferred, doneBytes: Math.max(this.#transferred.doneBytes, doneBytes) };
    this.#speed.record(this.#transferred.doneBytes, nowMs);
  }

  traveled(sentBytes: number, streamBytes: number): void {
    this.#transferred = { ...this.#transferred, sentBytes, streamBytes };
  }

  /**
   * Resuming a transfer that is being paused: the attempt is already cut off, so the transfer
   * starts again.
   */
  cancelPause(): void {
    if (this.#stopped === 'pause') this.#stopped = null;
  }

  /**
   * Cuts it off. The last reason counts: a transfer that is cancelled while it is being paused is
   * cancelled.
   */
  stop(reason: StopReason | null): void {
    this.#stopped = reason ?? this.#stopped;
    this.#abort.abort();
  }
}
