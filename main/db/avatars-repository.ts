import { and, countDistinct, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { KnownVersion } from '../../shared/domain/suggest-target.ts';
import { type Queries, slicesOf } from './queries.ts';
import { type AvatarRow, avatars } from './schema.ts';

export interface AvatarReader {
  find(uuid: string): AvatarRow | null;
  /** Those that are known, in no order. */
  findAll(uuids: readonly string[]): readonly AvatarRow[];
  /** Every version of these avatars, also those in the trash, in no order. */
  ofAvatars(avatarUuids: readonly string[]): readonly AvatarRow[];
  /** Versions outside the trash, newest first. */
  live(projectUuid: string): readonly AvatarRow[];
  /** Every version of a project, also those in the trash: what recognising a dropped file needs. */
  known(projectUuid: string): readonly KnownVersion[];
  /** Versions of all projects that are in the trash, newest first. */
  trashed(): readonly AvatarRow[];
  /** How many avatars each project has outside the trash. */
  countByProject(): ReadonlyMap<string, number>;
  /** The pictures of the newest versions, as many versions as `limit` says; those with the same picture count once. */
  pictures(limit: number): readonly { readonly versionUuid: string; readonly pictureHash: string }[];
}

export interface AvatarWriter {
  upsert(row: AvatarRow): void;
  /** Name and tags belong to the avatar: all its versions change together. */
  setAvatarFields(avatarUuid: string, fields: Pick<AvatarRow, 'name' | 'tags'>): void;
  setDeletedAt(uuids: readonly string[], deletedAt: string | null): void;
  remove(uuid: string): void;
  removeOfProject(projectUuid: string): void;
}

// Versions of one project uploaded in the same millisecond: the number decides.
const NEWEST_FIRST = [desc(avatars.createdAt), desc(avatars.version)] as const;

export function avatarReader(db: Queries): AvatarReader {
  const select = () => db.select().from(avatars);
  return {
    find: (uuid) => select().where(eq(avatars.uuid, uuid)).get() ?? null,
    findAll: (uuids) => slicesOf(uuids).flatMap((some) => select().where(inArray(avatars.uuid, some)).all()),
    ofAvatars: (uuids) => slicesOf(uuids).flatMap((some) => select().where(inArray(avatars.avatarUuid, some)).all()),
    live: (projectUuid) =>
      select()
        .where(and(eq(avatars.projectUuid, projectUuid), isNull(avatars.deletedAt)))
        .orderBy(...NEWEST_FIRST)
        .all(),
    known: (projectUuid) => known(db, projectUuid),
    trashed: () =>
      select()
        .where(isNotNull(avatars.deletedAt))
        .orderBy(desc(avatars.deletedAt), ...NEWEST_FIRST)
        .all(),
    countByProject: () => countByProject(db),
    pictures: (limit) => pictures(db, limit),
  };
}

function known(db: Queries, projectUuid: string): readonly KnownVersion[] {
  const rows = db
    .select({
      versionUuid: avatars.uuid,
      avatarUuid: avatars.avatarUuid,
      avatarName: avatars.name,
      version: avatars.version,
      sha256: avatars.sha256,
      manifestId: avatars.manifestId,
      fileName: avatars.fileName,
      deletedAt: avatars.deletedAt,
    })
    .from(avatars)
    .where(eq(avatars.projectUuid, projectUuid))
    .orderBy(...NEWEST_FIRST)
    .all();
  return rows.map(({ deletedAt, ...version }) => ({ ...version, inTrash: deletedAt !== null }));
}

function pictures(
  db: Queries,
  limit: number,
): readonly { readonly versionUuid: string; readonly pictureHash: string }[] {
  const rows = db
    .select({ versionUuid: avatars.uuid, pictureHash: avatars.pictureHash })
    .from(avatars)
    .where(isNotNull(avatars.pictureHash))
    .orderBy(...NEWEST_FIRST)
    .limit(limit)
    .all();
  const distinct = new Map<string, { versionUuid: string; pictureHash: string }>();
  for (const { versionUuid, pictureHash } of rows) {
    if (pictureHash !== null && !distinct.has(pictureHash)) distinct.set(pictureHash, { versionUuid, pictureHash });
  }
  return [...distinct.values()];
}

function countByProject(db: Queries): ReadonlyMap<string, number> {
  const rows = db
    .select({ projectUuid: avatars.projectUuid, total: countDistinct(avatars.avatarUuid) })
    .from(avatars)
    .where(isNull(avatars.deletedAt))
    .groupBy(avatars.projectUuid)
    .all();
  return new Map(rows.map(({ projectUuid, total }) => [projectUuid, total]));
}

export function avatarWriter(db: Queries): AvatarWriter {
  return {
    upsert: (row) => {
      db.insert(avatars).values(row).onConflictDoUpdate({ target: avatars.uuid, set: row }).run();
    },
    setAvatarFields: (avatarUuid, fields) => {
      db.update(avatars).set(fields).where(eq(avatars.avatarUuid, avatarUuid)).run();
    },
    setDeletedAt: (uuids, deletedAt) => {
      db.update(avatars)
        .set({ deletedAt })
        .where(inArray(avatars.uuid, [...uuids]))
        .run();
    },
    remove: (uuid) => {
      db.delete(avatars).where(eq(avatars.uuid, uuid)).run();
    },
    removeOfProject: (projectUuid) => {
      db.delete(avatars).where(eq(avatars.projectUuid, projectUuid)).run();
    },
  };
}
