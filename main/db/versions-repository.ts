import { and, countDistinct, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { KnownVersion } from '../../shared/domain/suggest-target.ts';
import { batchesOf, type Queries } from './queries.ts';
import { type VersionRow, versions } from './schema.ts';

/** What a list of all avatars needs of a version: a whole row has all its findings. */
export type ListedVersion = Pick<
  VersionRow,
  'uuid' | 'projectUuid' | 'avatarUuid' | 'version' | 'name' | 'tags' | 'pictureHash'
>;

export interface VersionReader {
  find(uuid: VersionUuid): VersionRow | null;
  /** Those of these versions that are stored, in no particular order. */
  findAll(uuids: readonly VersionUuid[]): readonly VersionRow[];
  /** All versions of these avatars, including those in the trash, in no particular order. */
  ofAvatars(avatarUuids: readonly AvatarUuid[]): readonly VersionRow[];
  /** Versions outside the trash, newest first. */
  notTrashed(projectUuid: string): readonly VersionRow[];
  /**
   * All versions of a project, including those in the trash, with the fields that recognizing a
   * dropped file needs.
   */
  ofProject(projectUuid: string): readonly KnownVersion[];
  /** The newest version outside the trash of every avatar, in no particular order. */
  newest(): readonly ListedVersion[];
  /** Versions in the trash, of all projects, newest first. */
  trashed(): readonly VersionRow[];
  /** The projects that have a version with exactly this file, in the trash or not. */
  projectsWithFile(sha256: string): readonly string[];
  /** How many avatars each project has outside the trash. */
  countByProject(): ReadonlyMap<string, number>;
  /** The pictures of the newest `limit` versions, each picture once. */
  pictures(limit: number): readonly { readonly versionUuid: VersionUuid; readonly pictureHash: string }[];
}

export interface VersionWriter {
  upsert(row: VersionRow): void;
  /** Name and tags belong to the avatar: all its versions change together. */
  setAvatarFields(avatarUuid: AvatarUuid, fields: Pick<VersionRow, 'name' | 'tags'>): void;
  setDeletedAt(uuids: readonly VersionUuid[], deletedAt: string | null): void;
  remove(uuid: VersionUuid): void;
  removeOfProject(projectUuid: string): void;
}

// Versions that were uploaded in the same millisecond are ordered by their number.
const NEWEST_FIRST = [desc(versions.createdAt), desc(versions.version)] as const;

export function versionReader(db: Queries): VersionReader {
  const select = () => db.select().from(versions);
  return {
    find: (uuid) => select().where(eq(versions.uuid, uuid)).get() ?? null,
    findAll: (uuids) => batchesOf(uuids).flatMap((some) => select().where(inArray(versions.uuid, some)).all()),
    ofAvatars: (uuids) => batchesOf(uuids).flatMap((some) => select().where(inArray(versions.avatarUuid, some)).all()),
    notTrashed: (projectUuid) =>
      select()
        .where(and(eq(versions.projectUuid, projectUuid), isNull(versions.deletedAt)))
        .orderBy(...NEWEST_FIRST)
        .all(),
    ofProject: (projectUuid) => versionsOfProject(db, projectUuid),
    newest: () => newestVersions(db),
    trashed: () =>
      select()
        .where(isNotNull(versions.deletedAt))
        .orderBy(desc(versions.deletedAt), ...NEWEST_FIRST)
        .all(),
    projectsWithFile: (sha256) =>
      db
        .selectDistinct({ projectUuid: versions.projectUuid })
        .from(versions)
        .where(eq(versions.sha256, sha256))
        .all()
        .map(({ projectUuid }) => projectUuid),
    countByProject: () => countByProject(db),
    pictures: (limit) => pictures(db, limit),
  };
}

function versionsOfProject(db: Queries, projectUuid: string): readonly KnownVersion[] {
  const rows = db
    .select({
      versionUuid: versions.uuid,
      avatarUuid: versions.avatarUuid,
      avatarName: versions.name,
      version: versions.version,
      sha256: versions.sha256,
      manifestId: versions.manifestId,
      fileName: versions.fileName,
      deletedAt: versions.deletedAt,
    })
    .from(versions)
    .where(eq(versions.projectUuid, projectUuid))
    .orderBy(...NEWEST_FIRST)
    .all();
  return rows.map(({ deletedAt, ...version }) => ({ ...version, inTrash: deletedAt !== null }));
}

// SQLite takes the other columns from the row that has the maximum (lang_select, 3.7.11).
function newestVersions(db: Queries): readonly ListedVersion[] {
  return db
    .select({
      uuid: versions.uuid,
      projectUuid: versions.projectUuid,
      avatarUuid: versions.avatarUuid,
      version: sql<number>`max(${versions.version})`,
      name: versions.name,
      tags: versions.tags,
      pictureHash: versions.pictureHash,
    })
    .from(versions)
    .where(isNull(versions.deletedAt))
    .groupBy(versions.avatarUuid)
    .all();
}

function pictures(
  db: Queries,
  limit: number,
): readonly { readonly versionUuid: VersionUuid; readonly pictureHash: string }[] {
  const rows = db
    .select({ versionUuid: versions.uuid, pictureHash: versions.pictureHash })
    .from(versions)
    .where(isNotNull(versions.pictureHash))
    .orderBy(...NEWEST_FIRST)
    .limit(limit)
    .all();
  const distinct = new Map<string, { versionUuid: VersionUuid; pictureHash: string }>();
  for (const { versionUuid, pictureHash } of rows) {
    if (pictureHash !== null && !distinct.has(pictureHash)) distinct.set(pictureHash, { versionUuid, pictureHash });
  }
  return [...distinct.values()];
}

function countByProject(db: Queries): ReadonlyMap<string, number> {
  const rows = db
    .select({ projectUuid: versions.projectUuid, total: countDistinct(versions.avatarUuid) })
    .from(versions)
    .where(isNull(versions.deletedAt))
    .groupBy(versions.projectUuid)
    .all();
  return new Map(rows.map(({ projectUuid, total }) => [projectUuid, total]));
}

export function versionWriter(db: Queries): VersionWriter {
  return {
    upsert: (row) => {
      db.insert(versions).values(row).onConflictDoUpdate({ target: versions.uuid, set: row }).run();
    },
    setAvatarFields: (avatarUuid, fields) => {
      db.update(versions).set(fields).where(eq(versions.avatarUuid, avatarUuid)).run();
    },
    setDeletedAt: (uuids, deletedAt) => {
      db.update(versions)
        .set({ deletedAt })
        .where(inArray(versions.uuid, [...uuids]))
        .run();
    },
    remove: (uuid) => {
      db.delete(versions).where(eq(versions.uuid, uuid)).run();
    },
    removeOfProject: (projectUuid) => {
      db.delete(versions).where(eq(versions.projectUuid, projectUuid)).run();
    },
  };
}
