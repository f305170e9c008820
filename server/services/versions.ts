import { eq } from 'drizzle-orm';
import type { AvatarPatch, AvatarResponse } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { trashed } from './activation.ts';
import type { Caller } from './caller.ts';
import { type ChangedEntity, recordAudit, recordChanges } from './change-log.ts';
import type { ServiceContext } from './context.ts';
import {
  type AvatarFieldsPatch,
  conflictingFields,
  editConflict,
  fieldsOf,
  readCurrentFields,
  remainingPatch,
} from './edit-conflicts.ts';
import { type AvatarResource, findAvatar, findProject, lockAvatar } from './find-permitted.ts';
import { type Answered, runOperation } from './run-operation.ts';
import type { ApiFailure } from './service-failure.ts';
import { type AvatarListQuery, listAvatarResponses, readAvatarResponse } from './version-responses.ts';

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

export interface ProjectAvatarsRequest {
  readonly projectUuid: string;
  readonly query: AvatarListQuery;
}

/** Failures: `not_found`. */
export async function listAvatars(
  context: ServiceContext,
  caller: Caller,
  { projectUuid, query }: ProjectAvatarsRequest,
): Answer<{ avatars: AvatarResponse[]; total: number }> {
  const found = await findProject(context.db, { caller, action: 'read', uuid: projectUuid });
  return found.ok ? ok(await listAvatarResponses(context.db, found.value.id, query)) : found;
}

/** One version, also from the trash. Failures: `not_found`. */
export async function getAvatar(context: ServiceContext, caller: Caller, uuid: VersionUuid): Answer<AvatarResponse> {
  const found = await findAvatar(context.db, { caller, action: 'read', uuid });
  return found.ok ? ok(await readAvatarResponse(context.db, uuid)) : found;
}

export interface EditRequest {
  /** The operation's uuid, or null. */
  readonly key: string | null;
  readonly uuid: VersionUuid;
  readonly patch: AvatarPatch;
}

/**
 * Changes the avatar's name and tags, which all its versions share, and this version's description. Fields that hold the wanted value
 * are not written; where all do, nothing happens. Failures: `not_found`, `forbidden`, `trashed`, `edit_conflict` (with what the fields
 * hold now and by whom), `idempotency_key_reused`.
 */
export function patchAvatar(
  context: ServiceContext,
  caller: Caller,
  { key, uuid, patch: asked }: EditRequest,
): Answer<Answered<AvatarResponse>> {
  return runOperation(context, { caller, key, asked: { operation: 'edit', uuid, ...asked } }, async (tx) => {
    const found = await lockAvatar(tx, { caller, action: 'edit', uuid });
    if (!found.ok) return found;
    const { project, avatar } = found.value;
    if (avatar.deletedAt) return fail(trashed('edited'));
    const conflicts = conflictingFields(fieldsOf(found.value), asked);
    if (conflicts.length > 0) return fail(editConflict(await readCurrentFields(tx, found.value, conflicts)));
    const patch = remainingPatch(fieldsOf(found.value), asked);
    if (Object.keys(patch).length === 0) return ok(await readAvatarResponse(tx, uuid));
    const changes = await applyPatch(tx, { ...found.value, caller }, patch);
    await recordAudit(tx, [
      {
        action: 'avatar.edited',
        actor: caller.email,
        customerUuid: project.customerUuid,
        projectUuid: project.uuid,
        versionUuid: avatar.uuid,
        details: { ...patch },
      },
    ]);
    await recordChanges(tx, project.customerId, [...changes, { entity: 'project', uuid: project.uuid }]);
    return ok(await readAvatarResponse(tx, uuid));
  });
}

async function applyPatch(
  tx: Transaction,
  { avatar, lineage, caller }: AvatarResource & { readonly caller: Caller },
  { name, tags, description }: AvatarFieldsPatch,
): Promise<ChangedEntity[]> {
  const now = new Date();
  if (description !== undefined) {
    const values = { description, updatedAt: now, describedByUserId: caller.userId, describedAt: now };
    await tx.update(avatars).set(values).where(eq(avatars.id, avatar.id));
  }
  if (name === undefined && tags === undefined) return [{ entity: 'avatar', uuid: avatar.uuid }];
  return editLineage(tx, lineage.id, { name, tags, caller });
}

/** Name and tags belong to the avatar: each of its versions changes with them, and is answered. */
export async function editLineage(
  tx: Transaction,
  lineageId: number,
  edit: { readonly name?: string | undefined; readonly tags?: string[] | undefined; readonly caller: Caller },
): Promise<ChangedEntity[]> {
  const now = new Date();
  const { name, tags, caller } = edit;
  const values = { name, tags, labelledByUserId: caller.userId, labelledAt: now };
  await tx.update(lineages).set(values).where(eq(lineages.id, lineageId));
  const versions = await tx
    .update(avatars)
    .set({ updatedAt: now })
    .where(eq(avatars.lineageId, lineageId))
    .returning({ uuid: avatars.uuid });
  return versions.map(({ uuid }) => ({ entity: 'avatar', uuid }));
}
