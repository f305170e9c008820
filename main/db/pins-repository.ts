import { and, eq, inArray, isNull, max, or } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { pins, projects, type VersionRow, versions } from './schema.ts';

/** One of the bundles that a pin keeps. */
export type PinnedBundle = Pick<VersionRow, 'uuid' | 'sha256' | 'sizeBytes'>;

export interface PinReader {
  /** Pinned projects, in the order in which they were pinned. */
  projectUuids(): readonly string[];
  /**
   * The active version of a project and the newest version of each of its avatars outside the
   * trash; equal bytes once.
   */
  bundles(projectUuid: string): readonly PinnedBundle[];
}

export interface PinWriter {
  put(projectUuid: string, pinnedAt: string): void;
  remove(projectUuid: string): void;
}

export function pinReader(db: Queries): PinReader {
  return {
    projectUuids: () =>
      db
        .select()
        .from(pins)
        .orderBy(pins.pinnedAt, pins.projectUuid)
        .all()
        .map((row) => row.projectUuid),
    bundles: (projectUuid) => bundles(db, projectUuid),
  };
}

function bundles(db: Queries, projectUuid: string): readonly PinnedBundle[] {
  const project = db.select({ active: projects.active }).from(projects).where(eq(projects.uuid, projectUuid)).get();
  const activeUuid = project?.active?.versionUuid;
  const inLibrary = and(eq(versions.projectUuid, projectUuid), isNull(versions.deletedAt));
  // SQLite takes the other columns of a group from the row that has the maximum.
  const newest = db
    .select({ uuid: versions.uuid, version: max(versions.version) })
    .from(versions)
    .where(inLibrary)
    .groupBy(versions.avatarUuid)
    .as('newest');
  const isNewest = inArray(versions.uuid, db.select({ uuid: newest.uuid }).from(newest));
  const rows = db
    .select({ uuid: versions.uuid, sha256: versions.sha256, sizeBytes: versions.sizeBytes })
    .from(versions)
    .where(and(inLibrary, or(isNewest, activeUuid === undefined ? undefined : eq(versions.uuid, activeUuid))))
    .orderBy(versions.sizeBytes)
    .all();
  return [...new Map(rows.map((row) => [row.sha256, row])).values()];
}

export function pinWriter(db: Queries): PinWriter {
  return {
    put: (projectUuid, pinnedAt) => {
      db.insert(pins).values({ projectUuid, pinnedAt }).onConflictDoNothing().run();
    },
    remove: (projectUuid) => {
      db.delete(pins).where(eq(pins.projectUuid, projectUuid)).run();
    },
  };
}
