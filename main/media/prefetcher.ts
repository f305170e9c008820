/** Low enough not to slow down anybody's work. */
const AT_ONCE = 2;

export interface PrefetcherOptions<Wanted> {
  /** Returns what is missing, most important first. Called at the beginning of each pass. */
  list(): readonly Wanted[];
  /** Fetches one item. False ends the pass, because the others would fail, too. */
  fetch(wanted: Wanted): Promise<boolean>;
  /** Called after a pass that had something to fetch. */
  onPass?(): void;
  onError(error: unknown): void;
}

/**
 * Fetches in the background, a few items at a time. A request during a pass starts another pass
 * afterwards.
 */
export class Prefetcher<Wanted> {
  readonly #options: PrefetcherOptions<Wanted>;
  readonly #signal: AbortSignal;
  #running: Promise<void> | null = null;
  #isWanted = false;

  /** Nothing more is fetched once `signal` is aborted. */
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

  /** Resolves when nothing is running; abort the signal first. */
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
