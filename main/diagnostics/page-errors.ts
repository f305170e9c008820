import type { Log } from '../../node/log.ts';
import type { PageError } from '../../shared/contract/diagnostics.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';

/**
 * An error that repeats with every frame must not replace what led to it: the log keeps 10 MiB, and
 * an entry has up to 5 kB.
 */
const MAX_ERRORS_PER_MINUTE = 20;

export interface PageErrors {
  /** Writes it to the log, or only counts it if there were many within a minute. */
  report(error: PageError): void;
}

/** `now`: in milliseconds, monotonic. A clock that is set back would silence the page until then. */
export function createPageErrors(log: Log, now = () => performance.now()): PageErrors {
  let startedAtMs = Number.NEGATIVE_INFINITY;
  let written = 0;
  let dropped = 0;
  return {
    report(error) {
      if (now() - startedAtMs >= MINUTE_MS) {
        if (dropped > 0) log.warn('Further errors of the page were not written', { count: dropped });
        startedAtMs = now();
        written = 0;
        dropped = 0;
      }
      if (written < MAX_ERRORS_PER_MINUTE) log.error('An error of the page', { ...error });
      else dropped += 1;
      written += 1;
    },
  };
}
