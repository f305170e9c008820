import { ignoreDamage } from '../../node/sqlite-damage.ts';
import type { FileFacts } from './folder-watcher.ts';

/** A file that is no longer being written. */
export interface SettledFile extends FileFacts {
  readonly path: string;
}

export interface SettlingOptions {
  /** How long a file must not change, in milliseconds. */
  readonly stableMs: number;
  /** How long a file may be incomplete before it is reported as stuck, in milliseconds. */
  readonly stuckMs: number;
  /** Null if there is no such file. */
  look(path: string): Promise<FileFacts | null>;
  hasValidEnd(path: string): Promise<boolean>;
  /** Whether the file still has to be processed. */
  needsHandling(file: SettledFile): boolean;
  onComplete(file: SettledFile): void;
  /** The file is incomplete and no longer changes. It is checked again when it does. */
  onStuck(file: SettledFile): void;
}

interface Unsettled {
  readonly facts: FileFacts | null;
  /** When these facts were first seen. */
  readonly sinceMs: number;
}

/** How often an unsettled file is checked within the stable time. */
const CHECKS_PER_STABLE_TIME = 4;

/** Waits until files are complete: unchanged for a while, and with a valid end. */
export class Settling {
  readonly #options: SettlingOptions;
  readonly #unsettled = new Map<string, Unsettled>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** A file is new, or may have changed. */
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
      this.#round = this.#checkAll()
        .catch(ignoreDamage)
        .finally(() => {
          this.#round = null;
          if (this.#unsettled.size > 0) this.#schedule(this.#options.stableMs / CHECKS_PER_STABLE_TIME);
        });
    }, delayMs);
  }

  /** One file at a time, so that a thousand new files are not all open at once. */
  async #checkAll(): Promise<void> {
    // Files that arrive in the meantime are checked in the same round.
    for (const path of this.#unsettled.keys()) {
      if (this.#stopping.signal.aborted) return;
      await this.#checkFile(path);
    }
  }

  async #checkFile(path: string): Promise<void> {
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
