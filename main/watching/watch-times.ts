import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

/** All in milliseconds. */
export interface WatchTimes {
  /** A tool that writes in steps pauses less than this. */
  readonly stableMs: number;
  /** A file that is as large as before for so long and has no end will not get one: it is said in the log. */
  readonly stuckMs: number;
  /** How often to find out whether the folder is there: somebody who plugs a drive in looks at the screen. */
  readonly checkMs: number;
  /** How often to look at the whole folder, whatever was told of it. */
  readonly listMs: number;
}

export const WATCH_TIMES: WatchTimes = {
  stableMs: 2 * SECOND_MS,
  stuckMs: 5 * MINUTE_MS,
  checkMs: 5 * SECOND_MS,
  listMs: MINUTE_MS,
};
