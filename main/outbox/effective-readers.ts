import { applyIntents, type VersionState } from '../../shared/domain/apply-intents.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { PendingOperation } from '../../shared/domain/intents.ts';
import type { KnownVersion } from '../../shared/domain/suggest-target.ts';
import type { LocalDatabase, Readers } from '../db/local-database.ts';
import type { ProjectRow, VersionRow } from '../db/schema.ts';
import type { ListedVersion } from '../db/versions-repository.ts';

/**
 * The library with the pending operations applied, which is what the screen shows and what new
 * decisions are based on. The stored rows keep the state of the server. Costs one query if the
 * outbox is empty.
 */
export function effectiveReaders(read: Readers): Readers {
  return {
    ...read,
    projects: {
      ...read.projects,
      all: () => projectsAfter(read, read.projects.all()),
      find: (uuid) => projectAfter(read, uuid),
    },
    versions: {
      ...read.versions,
      find: (uuid) => versionAfter(read, uuid),
      findAll: (uuids) => versionsAfter(read.versions.findAll(uuids), read.operations.overlaying()),
      ofAvatars: (uuids) => versionsAfter(read.versions.ofAvatars(uuids), read.operations.overlaying()),
      notTrashed: (projectUuid) => notTrashedAfter(read, projectUuid),
      ofProject: (projectUuid) => recognizableAfter(read, projectUuid),
      newest: () => newestAfter(read),
      trashed: () => trashedAfter(read),
      countByProject: () => countsAfter(read),
    },
  };
}

/** A database whose readers apply the pending operations. Writing is unchanged. */
export function effectiveDatabase(database: LocalDatabase): LocalDatabase {
  return { ...database, read: effectiveReaders(database.read) };
}

function projectsAfter(read: Readers, projects: readonly ProjectRow[]): readonly ProjectRow[] {
  const operations = read.operations.overlaying();
  return applyIntents({ projects, versions: versionsToActivate(read, operations) }, operations).projects;
}

function projectAfter(read: Readers, uuid: string): ProjectRow | null {
  const project = read.projects.find(uuid);
  return project && (projectsAfter(read, [project])[0] ?? null);
}

function versionsToActivate(read: Readers, operations: readonly PendingOperation[]): readonly VersionRow[] {
  const uuids = operations.flatMap(({ intent }) => (intent.kind === 'activate' ? (intent.versionUuid ?? []) : []));
  return read.versions.findAll([...new Set(uuids)]);
}

function versionsAfter<Version extends VersionState>(
  versions: readonly Version[],
  operations: readonly PendingOperation[],
): readonly Version[] {
  return applyIntents({ projects: [], versions }, operations).versions;
}

function versionAfter(read: Readers, uuid: VersionUuid): VersionRow | null {
  const version = read.versions.find(uuid);
  return version && (versionsAfter([version], read.operations.overlayingAvatar(version.avatarUuid))[0] ?? null);
}

/** Adds restored versions and removes deleted ones. */
function notTrashedAfter(read: Readers, projectUuid: string): readonly VersionRow[] {
  const rows = read.versions.notTrashed(projectUuid);
  const operations = read.operations.overlaying().filter((operation) => operation.projectUuid === projectUuid);
  if (operations.length === 0) return rows;
  const restored = operations.flatMap(({ intent }) => (intent.kind === 'restore' ? intent.versionUuid : []));
  const all = withoutTwins([...rows, ...read.versions.findAll(restored)]);
  const kept = versionsAfter(all, operations).filter(({ deletedAt }) => deletedAt === null);
  return all.length === rows.length ? kept : kept.toSorted(newestFirst);
}

/** Only the avatars with pending operations are read in full. */
function newestAfter(read: Readers): readonly ListedVersion[] {
  const operations = read.operations.overlaying();
  const touched = avatarsOf(operations);
  const before = read.versions.newest();
  if (touched.length === 0) return before;
  const after = versionsAfter(read.versions.ofAvatars(touched), operations);
  const isTouched = new Set<AvatarUuid>(touched);
  return [
    ...before.filter(({ avatarUuid }) => !isTouched.has(avatarUuid)),
    ...newestOf(after.filter(({ deletedAt }) => deletedAt === null)),
  ];
}

function newestOf(rows: readonly VersionRow[]): readonly VersionRow[] {
  const newest = new Map<AvatarUuid, VersionRow>();
  for (const row of rows) if ((newest.get(row.avatarUuid)?.version ?? 0) < row.version) newest.set(row.avatarUuid, row);
  return [...newest.values()];
}

function trashedAfter(read: Readers): readonly VersionRow[] {
  const rows = read.versions.trashed();
  const operations = read.operations.overlaying();
  if (operations.length === 0) return rows;
  const deleted = read.versions.ofAvatars(avatarsOf(operations.filter(({ intent }) => intent.kind === 'trash')));
  const all = versionsAfter(withoutTwins([...rows, ...deleted]), operations);
  const trashed = all.filter(({ deletedAt }) => deletedAt !== null);
  return trashed.toSorted((a, b) => compare(b.deletedAt ?? '', a.deletedAt ?? '') || newestFirst(a, b));
}

function recognizableAfter(read: Readers, projectUuid: string): readonly KnownVersion[] {
  const stored = read.versions.ofProject(projectUuid);
  const operations = read.operations.overlaying();
  if (operations.length === 0) return stored;
  const states = versionsAfter(stored.map(stateToApply), operations);
  return stored.map((version, index) => {
    const state = states[index];
    return state === undefined ? version : { ...version, avatarName: state.name, inTrash: state.deletedAt !== null };
  });
}

function stateToApply({ versionUuid, avatarUuid, avatarName, version, inTrash }: KnownVersion): VersionState {
  const deletedAt = inTrash ? '' : null;
  return {
    uuid: versionUuid,
    avatarUuid,
    version,
    name: avatarName,
    deletedAt,
    tags: [],
    description: '',
    pictureHash: null,
  };
}

/** Only deleting or restoring an avatar changes the counts. */
function countsAfter(read: Readers): ReadonlyMap<string, number> {
  const counts = new Map(read.versions.countByProject());
  const operations = read.operations.overlaying();
  const moves = operations.filter(({ intent }) => intent.kind === 'trash' || intent.kind === 'restore');
  const before = read.versions.ofAvatars(avatarsOf(moves));
  const add = (projectUuid: string, change: 1 | -1) => counts.set(projectUuid, (counts.get(projectUuid) ?? 0) + change);
  for (const projectUuid of projectsNotTrashed(before).values()) add(projectUuid, -1);
  for (const projectUuid of projectsNotTrashed(versionsAfter(before, operations)).values()) add(projectUuid, 1);
  return counts;
}

/** The project of each avatar with versions outside the trash. */
function projectsNotTrashed(rows: readonly VersionRow[]): ReadonlyMap<string, string> {
  const kept = rows.filter(({ deletedAt }) => deletedAt === null);
  return new Map(kept.map(({ avatarUuid, projectUuid }) => [avatarUuid, projectUuid]));
}

function avatarsOf(operations: readonly PendingOperation[]): readonly AvatarUuid[] {
  return [...new Set(operations.flatMap(({ avatarUuid }) => avatarUuid ?? []))];
}

function withoutTwins(rows: readonly VersionRow[]): readonly VersionRow[] {
  return [...new Map(rows.map((row) => [row.uuid, row])).values()];
}

/** As the database orders them. */
function newestFirst(a: VersionRow, b: VersionRow): number {
  return compare(b.createdAt, a.createdAt) || b.version - a.version;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
