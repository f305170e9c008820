import type { ServiceContext } from '../../context.ts';
import { unlessBackingUp } from '../../db/advisory-locks.ts';
import { findRemovalStop } from '../../installation/installation-id.ts';
import { type FoundOrphans, findOrphans } from './find-orphans.ts';
import { dayOf, type SweepStop, sweepStopOf } from './orphan-rules.ts';

export type SweepContext = Pick<ServiceContext, 'db' | 'blobs' | 'quarantineDays'>;

export interface SweepOptions {
  readonly now?: Date;
  /** Only reports what would be done. */
  readonly isDryRun?: boolean;
  /** How many files an operator allows to be set aside; by default a hundredth of all. */
  readonly allowed?: number | null;
}

/** What a sweep did, or would do. All but `files` are keys. */
export interface SweepReport {
  readonly isDryRun: boolean;
  readonly files: number;
  /** Why nothing was done; null if it was. */
  readonly stopped: SweepStop | null;
  readonly setAside: readonly string[];
  readonly putBack: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Sets stored files aside that belong to no version, because the server crashed between writing the
 * file and committing its row. Puts back what a row names after all, and removes what has been set
 * aside for `quarantineDays`. Does nothing at all if the rows cannot be trusted.
 */
export async function sweepOrphans(context: SweepContext, options: SweepOptions = {}): Promise<SweepReport> {
  const report = await unlessBackingUp(context.db, () => sweep(context, options));
  return report ?? { ...NOTHING, isDryRun: options.isDryRun ?? false, stopped: 'backup-running' };
}

const NOTHING = { files: 0, setAside: [], putBack: [], removed: [] };

async function sweep(
  context: SweepContext,
  { now = new Date(), isDryRun = false, allowed = null }: SweepOptions,
): Promise<SweepReport> {
  const untrusted = await findRemovalStop(context);
  if (untrusted !== null) return { ...NOTHING, isDryRun, stopped: untrusted };
  const found = await findOrphans({ ...context, now });
  const stopped = sweepStopOf({ ...found, orphans: found.orphans.length, over: found.over.length, allowed });
  if (stopped === null && !isDryRun) await act(context, found, dayOf(now));
  const { files, orphans, wanted, over } = found;
  const keysOf = (blobs: typeof over) => blobs.map(({ key }) => key);
  return { isDryRun, files, stopped, setAside: orphans, putBack: keysOf(wanted), removed: keysOf(over) };
}

async function act({ blobs }: SweepContext, { orphans, wanted, over }: FoundOrphans, day: string): Promise<void> {
  for (const blob of wanted) await blobs.quarantine.putBack(blob);
  for (const blob of over) await blobs.quarantine.remove(blob);
  for (const key of orphans) await blobs.quarantine.add(key, day);
}
