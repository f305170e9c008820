import type { FileFacts } from './folder-watcher.ts';

/** A file that nobody writes any more. */
export interface SettledFile extends FileFacts {
  readonly path: string;
}

export interface SettlingOptions {
  /** How long a file must not change, in milliseconds. */
  readonly stableMs: number;
  /** How long a file may lack its end until that is said, in milliseconds. */
  readonly stuckMs: number;
  /** Null: there is no such file. */
  look(path: string): Promise<FileFacts | null>;
  hasValidEnd(path: string): Promise<boolean>;
  /** Whether anything is to be done about it. */
  needsHandling(file: SettledFile): boolean;
  onComplete(file: SettledFile): void;
  /** It does not change any more and has no end. It is looked at again when it changes. */
  onStuck(file: SettledFile): void;
}

/** Waits for files until they are complete: as large as before for a while, and with a valid end. */
export interface Settling {
  /** A file is new, or changed, or may have. */
  changed(path: string): void;
  stop(): Promise<void>;
}

export function createSettling(options: SettlingOptions): Settling {
  return new SettlingFiles(options);
}

interface Unsettled {
  readonly facts: FileFacts | null;
  /** Since when the facts are these. */
  readonly sinceMs: number;
}

/** How often an unsettled file is looked at while it must not change. */
const LOOKS_PER_STABLE_TIME = 4;

class SettlingFiles implements Settling {
  readonly #options: SettlingOptions;
  readonly #unsettled = new Map<string, Unsettled>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  changed(path: string): void {
    if (this.#stopping.signal.aborted) return;
    if (!this.#unsettled.has(path)) this.#unsettled.set(path, { facts: null, sinceMs: performance.now() });
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#unsettled.clear();
    await this.#round;
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== null || this.#round !== null || this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#round = this.#lookAround().finally(() => {
        this.#round = null;
        if (this.#unsettled.size > 0) this.#schedule(this.#options.stableMs / LOOKS_PER_STABLE_TIME);
      });
    }, delayMs);
  }

  /** One file at a time: a thousand that arrive together must not open a thousand files. */
  async #lookAround(): Promise<void> {
    // What arrives meanwhile has its turn in the same round.
    for (const path of this.#unsettled.keys()) {
      if (this.#stopping.signal.aborted) return;
      await this.#lookAt(path);
    }
  }

  async #lookAt(path: string): Promise<void> {
    const facts = await this.#options.look(path);
    const before = this.#unsettled.get(path);
    if (before === undefined) return;
    if (facts === null || !this.#options.needsHandling({ path, ...facts })) {
      this.#unsettled.delete(path);
    } else if (isSame(before.facts, facts)) {
      await this.#settle({ path, ...facts }, performance.now() - before.sinceMs);
    } else {
      this.#unsettled.set(path, { facts, sinceMs: performance.now() });
    }
  }

  async #settle(file: SettledFile, sameForMs: number): Promise<void> {
    const options = this.#options;
    if (sameForMs < options.stableMs) return;
    const isComplete = await options.hasValidEnd(file.path);
    if (this.#stopping.signal.aborted || (!isComplete && sameForMs < options.stuckMs)) return;
    this.#unsettled.delete(file.path);
    if (isComplete) options.onComplete(file);
    else options.onStuck(file);
  }
}

function isSame(before: FileFacts | null, now: FileFacts): boolean {
  return before?.sizeBytes === now.sizeBytes && before.modifiedAtMs === now.modifiedAtMs;
}
