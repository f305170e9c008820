import { eq } from 'drizzle-orm';
import type { AvatarPatch } from '../../../shared/api/avatars.ts';
import type { CurrentFields } from '../../../shared/api/problem.ts';
import type { PermittedVersion } from '../../access/find-permitted.ts';
import type { Queryable } from '../../db/database.ts';
import { users } from '../../db/schema/users.ts';
import type { ServiceFailure } from '../../failures/service-failure.ts';

export type FieldsPatch = Omit<AvatarPatch, 'expected'>;
/** What each changed field was and is, for the audit trail. */
export type FieldChanges = Partial<Record<FieldName, { readonly from: unknown; readonly to: unknown }>>;

type FieldName = 'name' | 'tags' | 'description';
type Fields = Pick<CurrentFields, FieldName>;

const FIELD_NAMES = ['name', 'tags', 'description'] as const satisfies readonly FieldName[];

/** The fields of a version that users may edit. Name and tags belong to its avatar. */
export const fieldsOf = ({ version, avatar }: PermittedVersion): Fields => ({
  name: avatar.name,
  tags: avatar.tags,
  description: version.description,
});

/**
 * The fields that no longer have the value that the caller expects. A field that already has the
 * requested value is not a conflict.
 */
export function conflictingFields(current: Fields, { expected = {}, ...patch }: AvatarPatch): FieldName[] {
  return FIELD_NAMES.filter((field) => {
    const believed = expected[field];
    if (believed === undefined || isSame(current[field], believed)) return false;
    const wanted = patch[field];
    return wanted === undefined || !isSame(current[field], wanted);
  });
}

/** The part of a patch that would change something. */
export function remainingPatch(current: Fields, { name, tags, description }: AvatarPatch): FieldsPatch {
  return {
    ...(name !== undefined && name !== current.name && { name }),
    ...(tags !== undefined && !isSame(tags, current.tags) && { tags }),
    ...(description !== undefined && description !== current.description && { description }),
  };
}

/** The old and the new value of each field of a patch that has already been compared. */
export function changesOf(current: Partial<Fields>, patch: FieldsPatch): FieldChanges {
  const changed = FIELD_NAMES.filter((field) => patch[field] !== undefined);
  return Object.fromEntries(changed.map((field) => [field, { from: current[field], to: patch[field] }]));
}

/** Tags are ordered: the same tags in another order are a change. */
function isSame(one: string | readonly string[], other: string | readonly string[]): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

/** The current values of all fields, and who last changed one of the conflicting ones. */
export async function readCurrentFields(
  db: Queryable,
  resource: PermittedVersion,
  conflicts: readonly FieldName[],
): Promise<CurrentFields> {
  const changes = lastChanges(resource, conflicts);
  const latest = changes.toSorted((one, other) => (other.at?.getTime() ?? 0) - (one.at?.getTime() ?? 0))[0];
  return {
    ...fieldsOf(resource),
    changed_by: await readUserName(db, latest?.userId ?? null),
    changed_at: latest?.at?.toISOString() ?? null,
  };
}

interface FieldChange {
  readonly userId: number | null;
  readonly at: Date | null;
}

function lastChanges({ version, avatar }: PermittedVersion, conflicts: readonly FieldName[]): FieldChange[] {
  const changes: FieldChange[] = [];
  if (conflicts.includes('description')) {
    const isEdited = version.describedAt !== null;
    changes.push({
      userId: isEdited ? version.describedByUserId : version.createdByUserId,
      at: version.describedAt ?? version.createdAt,
    });
  }
  if (conflicts.some((field) => field !== 'description')) {
    changes.push({ userId: avatar.labelledByUserId, at: avatar.labelledAt });
  }
  return changes;
}

async function readUserName(db: Queryable, userId: number | null): Promise<string | null> {
  if (userId === null) return null;
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return user?.name ?? null;
}

export const editConflict = (current: CurrentFields): ServiceFailure => ({
  code: 'edit_conflict',
  detail: current.changed_by
    ? `${current.changed_by} has edited this avatar since you loaded it.`
    : 'This avatar has been edited since you loaded it.',
  currentFields: current,
});
