import { SECOND_MS } from '../../shared/lib/durations.ts';

/** Whoever hears of a change reads what it shows again: in a burst, more often than this nobody sees a difference. */
const INTERVAL_MS = 50;
/** While thousands of rows arrive, reading again costs more than anybody gains. */
const LONG_PULL_INTERVAL_MS = SECOND_MS;

/** Tells what changed: the first change at once, those right after it together. */
export interface ChangeNotifier {
  /** An empty list: everything may have changed. */
  readonly changed: (projectUuids: readonly string[]) => void;
  /** Much more will come. */
  readonly expectMany: () => void;
  /** The many are here: what was held back is told. */
  readonly flush: () => void;
  /** Nobody listens any more. */
  readonly stop: () => void;
}

export function createChangeNotifier(notify: (projectUuids: readonly string[]) => void): ChangeNotifier {
  let pending: Set<string> | 'all' | null = null;
  let timer: NodeJS.Timeout | null = null;
  let intervalMs = INTERVAL_MS;

  const notifyNow = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending === null) return;
    const projectUuids = pending === 'all' ? [] : [...pending];
    pending = null;
    // Until this is over, what changes is held back.
    timer = setTimeout(notifyNow, intervalMs);
    timer.unref();
    notify(projectUuids);
  };
  return {
    changed: (projectUuids) => {
      if (projectUuids.length === 0) pending = 'all';
      else if (pending !== 'all') pending = new Set([...(pending ?? []), ...projectUuids]);
      if (timer === null) notifyNow();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      pending = null;
    },
    expectMany: () => {
      intervalMs = LONG_PULL_INTERVAL_MS;
    },
    flush: () => {
      if (intervalMs === INTERVAL_MS) return;
      intervalMs = INTERVAL_MS;
      notifyNow();
    },
  };
}
