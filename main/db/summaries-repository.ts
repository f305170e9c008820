import { and, desc, eq, inArray, isNull, max, notExists, notInArray, or, sql } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { type BundleSummary, SUMMARY_VERSION } from '../../shared/gab/compare/bundle-summary.ts';
import type { Queries } from './queries.ts';
import { projects, summaries, versions } from './schema.ts';

/** A version whose summary is worth having before anybody asks. */
export interface SummaryWanted {
  readonly versionUuid: VersionUuid;
  readonly sha256: string;
}

export interface SummaryReader {
  /** Undefined: not known here. Null: known to be no bundle. */
  find(sha256: string): BundleSummary | null | undefined;
  /** The live version and the newest version of each avatar, as far as nothing is known of them; live ones first. */
  wanted(limit: number): readonly SummaryWanted[];
}

export interface SummaryWriter {
  put(sha256: string, summary: BundleSummary | null): void;
  /** Forgets what no version of the library has any more. */
  removeUnused(): void;
}

export function summaryReader(db: Queries): SummaryReader {
  return {
    find: (sha256) => {
      const row = db.select().from(summaries).where(currentOf(sha256)).get();
      return row === undefined ? undefined : row.summary;
    },
    wanted: (limit) => wanted(db, limit),
  };
}

const currentOf = (sha256: string) => and(eq(summaries.sha256, sha256), eq(summaries.summaryVersion, SUMMARY_VERSION));

function wanted(db: Queries, limit: number): readonly SummaryWanted[] {
  const liveUuids = db
    .select({ active: projects.active })
    .from(projects)
    .all()
    .flatMap(({ active }) => active?.versionUuid ?? []);
  // SQLite takes the other columns of a group from the row that has the maximum.
  const newest = db
    .select({ uuid: versions.uuid, version: max(versions.version) })
    .from(versions)
    .where(isNull(versions.deletedAt))
    .groupBy(versions.avatarUuid)
    .as('newest');
  const isKnown = db
    .select({ one: sql`1` })
    .from(summaries)
    .where(and(eq(summaries.sha256, versions.sha256), eq(summaries.summaryVersion, SUMMARY_VERSION)));
  const isLive = inArray(versions.uuid, liveUuids);
  const rows = db
    .select({ versionUuid: versions.uuid, sha256: versions.sha256 })
    .from(versions)
    .where(
      and(
        eq(versions.container, 'gab'),
        or(isLive, inArray(versions.uuid, db.select({ uuid: newest.uuid }).from(newest))),
        notExists(isKnown),
      ),
    )
    .orderBy(desc(isLive), desc(versions.createdAt))
    .limit(limit)
    .all();
  const distinct = new Map(rows.map((row) => [row.sha256, row]));
  return [...distinct.values()];
}

export function summaryWriter(db: Queries): SummaryWriter {
  return {
    put: (sha256, summary) => {
      const row = { sha256, summaryVersion: SUMMARY_VERSION, summary };
      db.insert(summaries).values(row).onConflictDoUpdate({ target: summaries.sha256, set: row }).run();
    },
    removeUnused: () => {
      // A list that SQLite sorts once: looking for each summary in a large library would take seconds.
      const known = db.select({ sha256: versions.sha256 }).from(versions);
      db.delete(summaries).where(notInArray(summaries.sha256, known)).run();
    },
  };
}
