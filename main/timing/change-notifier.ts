import { unlessDamaged } from '../../node/sqlite-damage.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/**
 * Each notification makes the screen read its data again. Nobody sees the difference if that
 * happens more often.
 */
const INTERVAL_MS = 50;
/** While thousands of rows arrive, frequent reading costs more than it gains. */
const LONG_PULL_INTERVAL_MS = SECOND_MS;

/** Notifies of the first change at once, and of the changes right after it together. */
export interface ChangeNotifier {
  /** An empty list means that everything may have changed. */
  readonly changed: (projectUuids: readonly string[]) => void;
  /** Call before a long series of changes. */
  readonly expectMany: () => void;
  /** Call after a long series of changes. Notifies of the changes that were held back. */
  readonly flush: () => void;
  /** Discards pending notifications. */
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
    // Changes are held back until the timer fires.
    timer = setTimeout(() => unlessDamaged(notifyNow), intervalMs);
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
