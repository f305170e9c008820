import { eq } from 'drizzle-orm';
import type { AvatarPatch } from '../../shared/api/avatars.ts';
import type { CurrentFields } from '../../shared/api/problem.ts';
import type { Queryable } from '../db/database.ts';
import { users } from '../db/schema/users.ts';
import type { AvatarResource } from './find-permitted.ts';
import type { ApiFailure } from './service-failure.ts';

export type AvatarFieldsPatch = Omit<AvatarPatch, 'expected'>;
type FieldName = 'name' | 'tags' | 'description';
type Fields = Pick<CurrentFields, FieldName>;

const FIELD_NAMES = ['name', 'tags', 'description'] as const satisfies readonly FieldName[];

/** What people may edit of a version; name and tags are its avatar's. */
export const fieldsOf = ({ avatar, lineage }: AvatarResource): Fields => ({
  name: lineage.name,
  tags: lineage.tags,
  description: avatar.description,
});

/** Fields that somebody changed since the caller saw them. One that already holds what the caller wants is none. */
export function conflictingFields(current: Fields, { expected = {}, ...patch }: AvatarPatch): FieldName[] {
  return FIELD_NAMES.filter((field) => {
    const believed = expected[field];
    if (believed === undefined || isSame(current[field], believed)) return false;
    const wanted = patch[field];
    return wanted === undefined || !isSame(current[field], wanted);
  });
}

/** The part of a patch that is not so already. */
export function remainingPatch(current: Fields, { name, tags, description }: AvatarPatch): AvatarFieldsPatch {
  return {
    ...(name !== undefined && name !== current.name && { name }),
    ...(tags !== undefined && !isSame(tags, current.tags) && { tags }),
    ...(description !== undefined && description !== current.description && { description }),
  };
}

/** Tags are a list: the same ones in another order are another list. */
function isSame(one: string | readonly string[], other: string | readonly string[]): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

/** What the fields hold now, and who changed one of the conflicting ones last. */
export async function readCurrentFields(
  db: Queryable,
  resource: AvatarResource,
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

function lastChanges({ avatar, lineage }: AvatarResource, conflicts: readonly FieldName[]): FieldChange[] {
  const changes: FieldChange[] = [];
  if (conflicts.includes('description')) {
    const isEdited = avatar.describedAt !== null;
    changes.push({
      userId: isEdited ? avatar.describedByUserId : avatar.createdByUserId,
      at: avatar.describedAt ?? avatar.createdAt,
    });
  }
  if (conflicts.some((field) => field !== 'description')) {
    changes.push({ userId: lineage.labelledByUserId, at: lineage.labelledAt });
  }
  return changes;
}

async function readUserName(db: Queryable, userId: number | null): Promise<string | null> {
  if (userId === null) return null;
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return user?.name ?? null;
}

export const editConflict = (current: CurrentFields): ApiFailure => ({
  code: 'edit_conflict',
  detail: current.changed_by
    ? `${current.changed_by} edited this avatar meanwhile.`
    : 'This avatar was edited meanwhile.',
  currentFields: current,
});
