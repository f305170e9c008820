import { and, desc, eq, inArray, isNull, max, notExists, notInArray, or, sql } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { type BundleSummary, SUMMARY_VERSION } from '../../shared/gab/compare/bundle-summary.ts';
import type { Queries } from './queries.ts';
import { projects, summaries, versions } from './schema.ts';

/** A version whose summary is fetched in advance. */
export interface SummaryWanted {
  readonly versionUuid: VersionUuid;
  readonly sha256: string;
}

export interface SummaryReader {
  /** Undefined: no summary is stored. Null: the file is not a valid bundle. */
  find(sha256: string): BundleSummary | null | undefined;
  /**
   * The active version and the newest version of each avatar that have no stored summary; active
   * ones first.
   */
  wanted(limit: number): readonly SummaryWanted[];
}

export interface SummaryWriter {
  put(sha256: string, summary: BundleSummary | null): void;
  /** Removes the summaries of files that no version in the library has. */
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
  const activeUuids = db
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
  const hasSummary = db
    .select({ one: sql`1` })
    .from(summaries)
    .where(and(eq(summaries.sha256, versions.sha256), eq(summaries.summaryVersion, SUMMARY_VERSION)));
  const isActive = inArray(versions.uuid, activeUuids);
  const rows = db
    .select({ versionUuid: versions.uuid, sha256: versions.sha256 })
    .from(versions)
    .where(
      and(
        eq(versions.container, 'gab'),
        or(isActive, inArray(versions.uuid, db.select({ uuid: newest.uuid }).from(newest))),
        notExists(hasSummary),
      ),
    )
    .orderBy(desc(isActive), desc(versions.createdAt))
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
      // SQLite sorts this list once. Looking up each summary in a large library would take seconds.
      const used = db.select({ sha256: versions.sha256 }).from(versions);
      db.delete(summaries).where(notInArray(summaries.sha256, used)).run();
    },
  };
}
