/** Quiet enough not to be felt while somebody works. */
const AT_ONCE = 2;

export interface PrefetcherOptions<Wanted> {
  /** What is wanted now, in the order of importance. Called at the beginning of each pass. */
  list(): readonly Wanted[];
  /** Fetches one; false ends the pass, because the others would fail, too. */
  fetch(wanted: Wanted): Promise<boolean>;
  /** A pass that wanted something is over. */
  onPass?(): void;
  onError(error: unknown): void;
}

/** Fetches in the background, a few at a time. Asked while it runs, it looks once more what is wanted when it is done. */
export class Prefetcher<Wanted> {
  readonly #options: PrefetcherOptions<Wanted>;
  readonly #signal: AbortSignal;
  #running: Promise<void> | null = null;
  #isWanted = false;

  /** `signal`: nothing more is fetched once it is aborted. */
  constructor(options: PrefetcherOptions<Wanted>, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  request(): void {
    this.#isWanted = true;
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#running = null;
      });
  }

  /** Resolves when nothing runs; abort the signal first. */
  async ended(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted && !this.#signal.aborted) {
      this.#isWanted = false;
      const wanted = this.#options.list();
      const queue = wanted.values();
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#fetchFrom(queue)));
      if (wanted.length > 0 && !this.#signal.aborted) this.#options.onPass?.();
    }
  }

  async #fetchFrom(queue: IterableIterator<Wanted>): Promise<void> {
    for (const wanted of queue) {
      if (this.#signal.aborted || !(await this.#options.fetch(wanted))) return;
    }
  }
}
