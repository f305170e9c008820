import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { RemovalStop } from '../../installation/installation-id.ts';

/** A row is committed milliseconds after its blob is written; a day leaves no doubt. */
export const ORPHAN_AGE_MS = DAY_MS;

/** Crashes leave single files. More than this share of all files says that the rows are wrong. */
const MAX_ORPHAN_SHARE = 0.01;
/**
 * Below 1,000 files the share would be less than what one crash may leave: a bundle and a picture
 * for each of about five uploads that are being stored at that moment.
 */
const MIN_ORPHAN_LIMIT = 10;

export type SweepStop = 'no-avatars' | 'too-many' | 'backup-running' | RemovalStop;

export interface OrphanFacts {
  readonly hasVersions: boolean;
  /** All stored files. */
  readonly files: number;
  /** Those that no row names. */
  readonly orphans: number;
  /** Those that have been set aside for long enough. */
  readonly over: number;
  /**
   * The number of orphans that an operator has allowed after reading the report; null by default.
   */
  readonly allowed: number | null;
}

/**
 * Whether a sweep must stop because there is so much to set aside that the database is more likely
 * to be the wrong one. Null if it may continue.
 */
export function sweepStopOf({ hasVersions, files, orphans, over, allowed }: OrphanFacts): SweepStop | null {
  if (orphans + over === 0) return null;
  if (!hasVersions) return 'no-avatars';
  const limit = allowed ?? Math.max(MIN_ORPHAN_LIMIT, Math.floor(files * MAX_ORPHAN_SHARE));
  return orphans > limit ? 'too-many' : null;
}

/** A day in UTC as the quarantine writes it. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 'yyyy-mm-dd'.length);

/** Whether a file that was set aside on `day` has been kept for long enough. */
export function isOver(day: string, { now, quarantineDays }: { now: Date; quarantineDays: number }): boolean {
  return day < dayOf(new Date(now.getTime() - quarantineDays * DAY_MS));
}
