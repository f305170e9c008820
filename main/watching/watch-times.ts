import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

/** All in milliseconds. */
export interface WatchTimes {
  /** A tool that writes in steps pauses less than this. */
  readonly stableMs: number;
  /** A file that is incomplete and unchanged for this long is reported in the log. */
  readonly stuckMs: number;
  /**
   * How often to check whether the folder exists. Someone who plugs in a drive watches the screen.
   */
  readonly checkMs: number;
  /** How often to list the whole folder, in case events were lost. */
  readonly listMs: number;
}

export const WATCH_TIMES: WatchTimes = {
  stableMs: 2 * SECOND_MS,
  stuckMs: 5 * MINUTE_MS,
  checkMs: 5 * SECOND_MS,
  listMs: MINUTE_MS,
};
