import type { Logger } from 'pino';
import type { SweepReport } from './sweep-orphans.ts';
import { sweepStopTexts } from './texts.en.ts';

/** Enough to see what kind of files they are; `gabinet-server sweep --dry-run` prints all. */
const MAX_LOGGED_KEYS = 20;

/** Logs what a sweep did, or why it stopped. Says nothing if there was nothing to do. */
export function logSweep(log: Logger, report: SweepReport): void {
  const { files, stopped, setAside, putBack, removed } = report;
  const counts = { files, setAside: setAside.length, putBack: putBack.length, removed: removed.length };
  const keys = [...putBack, ...setAside, ...removed].slice(0, MAX_LOGGED_KEYS);
  if (stopped !== null) log.error({ ...counts, keys, stopped }, sweepStopTexts[stopped]);
  else if (keys.length > 0) log.warn({ ...counts, keys }, 'set stored files aside that belong to no version');
}
