import { eq, inArray } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { projects } from '../db/schema/projects.ts';

interface Subject {
  readonly projectUuid?: string | null;
  readonly versionUuid?: VersionUuid | null;
}

/** What the subject of an audit event is called. */
export type SubjectNames = Readonly<Partial<Record<'project_name' | 'avatar_name', string>> & { version?: number }>;

/**
 * The names that things have now, in this transaction, for their audit events: later they may have
 * others, or be gone. Empty for what is gone already.
 */
export async function readSubjectNames(
  tx: Transaction,
  subjects: readonly Subject[],
): Promise<(subject: Subject) => SubjectNames> {
  const projectNames = await readProjectNames(tx, present(subjects.map(({ projectUuid }) => projectUuid)));
  const avatarNames = await readAvatarNames(tx, present(subjects.map(({ versionUuid }) => versionUuid)));
  return ({ projectUuid, versionUuid }) => ({
    ...projectNames.get(projectUuid ?? ''),
    ...(versionUuid && avatarNames.get(versionUuid)),
  });
}

function present<Uuid extends string>(uuids: readonly (Uuid | null | undefined)[]): Uuid[] {
  return [...new Set(uuids)].filter((uuid) => uuid !== null && uuid !== undefined);
}

async function readProjectNames(tx: Transaction, uuids: readonly string[]): Promise<Map<string, SubjectNames>> {
  if (uuids.length === 0) return new Map();
  const rows = await tx
    .select({ uuid: projects.uuid, name: projects.name })
    .from(projects)
    .where(inArray(projects.uuid, uuids));
  return new Map(rows.map(({ uuid, name }) => [uuid, { project_name: name }]));
}

async function readAvatarNames(
  tx: Transaction,
  uuids: readonly VersionUuid[],
): Promise<Map<VersionUuid, SubjectNames>> {
  if (uuids.length === 0) return new Map();
  const rows = await tx
    .select({ uuid: avatars.uuid, name: lineages.name, version: avatars.version })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .where(inArray(avatars.uuid, uuids));
  return new Map(rows.map(({ uuid, name, version }) => [uuid, { avatar_name: name, version }]));
}
