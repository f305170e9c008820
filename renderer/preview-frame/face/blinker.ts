/** Seconds between blinks: irregular like people's, and always the same for the tests. */
const PAUSES_SECONDS = [2.8, 4.4, 3.1, 5.6, 2.3, 4.9];
/** Eyelids close quickly and open a little more slowly. */
const CLOSE_MS = 70;
const OPEN_MS = 110;

/** Closes the eyes now and then. Only one timer runs between two blinks. */
export class Blinker {
  readonly #onStart: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #startedAtMs: number | null = null;
  #count = 0;

  constructor(onStart: () => void) {
    this.#onStart = onStart;
  }

  start(): void {
    this.stop();
    const pauseSeconds = PAUSES_SECONDS[this.#count % PAUSES_SECONDS.length] ?? 3;
    this.#count += 1;
    this.#timer = setTimeout(() => {
      this.#startedAtMs = performance.now();
      this.#onStart();
    }, pauseSeconds * 1000);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#startedAtMs = null;
  }

  get isBlinking(): boolean {
    return this.#startedAtMs !== null;
  }

  /** How far the eyes are closed now, 0 to 1. */
  weight(): number {
    if (this.#startedAtMs === null) return 0;
    const weight = blinkWeight(performance.now() - this.#startedAtMs);
    if (weight === null) this.start();
    return weight ?? 0;
  }
}

/**
 * How far the eyes are closed, 0 to 1, at this time since the start of a blink; null after its end.
 */
export function blinkWeight(elapsedMs: number): number | null {
  if (elapsedMs < CLOSE_MS) return elapsedMs / CLOSE_MS;
  const opening = (elapsedMs - CLOSE_MS) / OPEN_MS;
  return opening < 1 ? 1 - opening : null;
}
