import type { NotificationSettings } from '../../../shared/contract/notifications.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import { describeEvents, type NotificationContent } from './describe-events.ts';
import type { NotableEvent } from './notable-events.ts';

/** Events that are closer together than this become one notification. */
export const QUIET_MS = 3 * SECOND_MS;
/** Events that keep coming must not hold back a conflict for longer than this. */
export const LONGEST_QUIET_WAIT_MS = 10 * SECOND_MS;
/**
 * While transfers run, those that are done wait for the others; but somebody who is away for longer
 * wants to see that there is progress.
 */
export const LONGEST_WAIT_MS = 5 * MINUTE_MS;

/** A notification that is shown. */
export interface ShownNotification {
  close(): void;
}

export interface NotifierOptions {
  /** True while nobody looks at the window. */
  isAway(): boolean;
  /** True while transfers run that will end without anybody's help. */
  isBusy(): boolean;
  settings(): NotificationSettings;
  /** Null where the system shows none. */
  show(content: NotificationContent): ShownNotification | null;
}

/**
 * Reports what happened while nobody looked, in at most one notification at a time: each one
 * replaces the last and counts everything since the window was left.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** Since the window was left. */
  #events: NotableEvent[] = [];
  #unshown = 0;
  #unshownSinceMs = 0;
  #timer: NodeJS.Timeout | null = null;
  /** When the wait for a quiet moment began. */
  #waitsSinceMs = 0;
  #shown: ShownNotification | null = null;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  add(events: readonly NotableEvent[]): void {
    const { kinds } = this.#options.settings();
    const wanted = events.filter(({ kind }) => kinds[kind]);
    if (wanted.length === 0 || !this.#options.isAway()) return;
    if (this.#unshown === 0) this.#unshownSinceMs = performance.now();
    this.#events.push(...wanted);
    this.#unshown += wanted.length;
    this.#waitForQuiet();
  }

  /** Somebody looks at the window again, or another account is open in it. */
  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#events = [];
    this.#unshown = 0;
    this.#shown?.close();
    this.#shown = null;
  }

  #waitForQuiet(): void {
    const nowMs = performance.now();
    if (this.#timer === null) this.#waitsSinceMs = nowMs;
    else clearTimeout(this.#timer);
    const leftMs = this.#waitsSinceMs + LONGEST_QUIET_WAIT_MS - nowMs;
    this.#timer = setTimeout(() => this.#quiet(), Math.max(0, Math.min(QUIET_MS, leftMs)));
    this.#timer.unref();
  }

  #quiet(): void {
    this.#timer = null;
    if (!this.#options.isAway()) this.clear();
    else if (this.#mayWait()) this.#waitForQuiet();
    else this.#showAll();
  }

  #showAll(): void {
    this.#unshown = 0;
    this.#shown?.close();
    this.#shown = this.#options.show(describeEvents(this.#events, this.#options.settings().showsNames));
  }

  /** What succeeded can wait, and so can what failed once people know that something failed. */
  #mayWait(): boolean {
    if (!this.#options.isBusy() || performance.now() - this.#unshownSinceMs >= LONGEST_WAIT_MS) return false;
    const firstUnshown = this.#events.length - this.#unshown;
    const isFailureKnown = this.#events.slice(0, firstUnshown).some(hasFailed);
    return this.#events
      .slice(firstUnshown)
      .every((event) => hasSucceeded(event) || (isFailureKnown && hasFailed(event)));
  }
}

function hasSucceeded({ what }: NotableEvent): boolean {
  return what === 'uploaded' || what === 'downloaded';
}

function hasFailed({ what }: NotableEvent): boolean {
  return what === 'upload-refused' || what === 'upload-failed' || what === 'download-failed';
}
