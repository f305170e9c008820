import { failureSchema } from '../../../shared/contract/failure.ts';
import type { LibraryAvatar, LibraryRows } from './read-library.ts';
import type { ServerAvatar, ServerRows } from './read-server.ts';

/**
 * Whether a client's library is what the server has, and whether all that was wanted of it came to
 * an end.
 */
export function checkClient(who: string, library: LibraryRows, server: ServerRows): readonly string[] {
  const found = [
    ...(library.cursor === server.feedSeq ? [] : [`its cursor is ${library.cursor}, the feed is at ${server.feedSeq}`]),
    ...differences('project', localProjects(library), serverProjects(server)),
    ...differences('avatar', library.avatars.map(localAvatar), server.avatars.map(serverAvatar)),
    ...checkTransfers(library),
    ...checkOperations(library),
  ];
  return found.map((what) => `${who}: ${what}`);
}

type Fields = { readonly uuid: string } & Readonly<Record<string, unknown>>;

function differences(what: string, local: readonly Fields[], server: readonly Fields[]): string[] {
  const there = new Map(server.map((row) => [row.uuid, row]));
  const found = local.flatMap((row) => {
    const other = there.get(row.uuid);
    there.delete(row.uuid);
    if (other === undefined) return [`${what} ${row.uuid} is not on the server`];
    const fields = Object.keys(row).filter((field) => JSON.stringify(row[field]) !== JSON.stringify(other[field]));
    return fields.map(
      (field) =>
        `${what} ${row.uuid}: ${field} is ${JSON.stringify(row[field])}, on the server ${JSON.stringify(other[field])}`,
    );
  });
  return [...found, ...[...there.keys()].map((uuid) => `${what} ${uuid} is missing`)];
}

function localProjects({ projects }: LibraryRows): Fields[] {
  return projects.map(({ uuid, name, activeUuid, activeSetBy }) => ({ uuid, name, activeUuid, activeSetBy }));
}

function serverProjects({ projects, avatars }: ServerRows): Fields[] {
  return projects.map(({ uuid, name, active_set_by }) => ({
    uuid,
    name,
    activeUuid: avatars.find((avatar) => avatar.project_uuid === uuid && avatar.is_active)?.uuid ?? null,
    activeSetBy: active_set_by,
  }));
}

function localAvatar(row: LibraryAvatar): Fields {
  const { uuid, projectUuid, avatarUuid, version, name, description, fileName, sizeBytes, sha256, createdBy } = row;
  return {
    uuid,
    projectUuid,
    avatarUuid,
    version,
    name,
    tags: JSON.parse(row.tags) as unknown,
    description,
    fileName,
    sizeBytes,
    sha256,
    activatable: row.activatable === 1,
    createdAt: new Date(row.createdAt).toISOString(),
    createdBy,
    deletedAt: row.deletedAt === null ? null : new Date(row.deletedAt).toISOString(),
  };
}

function serverAvatar(row: ServerAvatar): Fields {
  return {
    uuid: row.uuid,
    projectUuid: row.project_uuid,
    avatarUuid: row.lineage_uuid,
    version: row.version,
    name: row.name,
    tags: row.tags,
    description: row.description,
    fileName: row.original_filename,
    sizeBytes: row.file_size,
    sha256: row.sha256,
    activatable: row.activatable,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    deletedAt: row.deleted_at?.toISOString() ?? null,
  };
}

/** A failure that the screen has sentences for. */
function isExplained(failure: string | null): boolean {
  return failure !== null && failureSchema.safeParse(JSON.parse(failure)).success;
}

function checkTransfers({ transfers }: LibraryRows): string[] {
  return transfers.flatMap(({ id, kind, state, versionUuid, failure, fileName }) => {
    const name = `${kind} ${id} (${fileName})`;
    if (state === 'done') return versionUuid === null ? [`${name} is done and names no avatar`] : [];
    if (state === 'refused') return isExplained(failure) ? [] : [`${name} is parked without a reason`];
    return state === 'cancelled' ? [] : [`${name} is still ${state}`];
  });
}

function checkOperations({ operations }: LibraryRows): string[] {
  return operations.flatMap(({ id, kind, state, failure, theirs }) => {
    const name = `operation ${id} (${kind})`;
    if (state === 'refused') return isExplained(failure) ? [] : [`${name} is parked without a reason`];
    if (state === 'conflict') return theirs === null ? [`${name} is in conflict with nothing`] : [];
    return [`${name} is still ${state}`];
  });
}
