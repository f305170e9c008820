import { eq } from 'drizzle-orm';
import type { AvatarPatch, AvatarResponse } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findProject, findVersion, lockVersion, type PermittedVersion } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { type ChangedEntity, recordChanges } from '../../history/record-changes.ts';
import { type OperationResult, runOperation } from '../../operations/run-operation.ts';
import { trashed } from './activation.ts';
import {
  changesOf,
  conflictingFields,
  editConflict,
  type FieldsPatch,
  fieldsOf,
  readCurrentFields,
  remainingPatch,
} from './edit-conflicts.ts';
import { listVersionResponses, readVersionResponse, type VersionListQuery } from './version-responses.ts';

export interface VersionListRequest {
  readonly projectUuid: string;
  readonly query: VersionListQuery;
}

/** One page of a project's versions, and how many there are in total. Failures: `not_found`. */
export async function listVersions(
  context: ServiceContext,
  caller: Caller,
  { projectUuid, query }: VersionListRequest,
): ServiceResult<{ avatars: AvatarResponse[]; total: number }> {
  const found = await findProject(context.db, { caller, action: 'read', uuid: projectUuid });
  return found.ok ? ok(await listVersionResponses(context.db, found.value.id, query)) : found;
}

/** One version, trashed or not. Failures: `not_found`. */
export async function getVersion(
  context: ServiceContext,
  caller: Caller,
  uuid: VersionUuid,
): ServiceResult<AvatarResponse> {
  const found = await findVersion(context.db, { caller, action: 'read', uuid });
  return found.ok ? ok(await readVersionResponse(context.db, uuid)) : found;
}

export interface EditRequest {
  /** The operation's UUID (its Idempotency-Key), or null. */
  readonly key: string | null;
  readonly uuid: VersionUuid;
  readonly patch: AvatarPatch;
}

/**
 * Changes this version's description, and the name and tags of its avatar, which all its versions
 * share. Fields that already have the requested value are not written; if all of them do, nothing
 * happens. Failures: `not_found`, `forbidden`, `trashed`, `edit_conflict` (with the current values
 * and who set them), `idempotency_key_reused`.
 */
export function editVersion(
  context: ServiceContext,
  caller: Caller,
  { key, uuid, patch: requested }: EditRequest,
): ServiceResult<OperationResult<AvatarResponse>> {
  return runOperation(context, { caller, key, request: { operation: 'edit', uuid, ...requested } }, async (tx) => {
    const found = await lockVersion(tx, { caller, action: 'edit', uuid });
    if (!found.ok) return found;
    const { project, version } = found.value;
    if (version.deletedAt) return fail(trashed('edited'));
    const conflicts = conflictingFields(fieldsOf(found.value), requested);
    if (conflicts.length > 0) return fail(editConflict(await readCurrentFields(tx, found.value, conflicts)));
    const patch = remainingPatch(fieldsOf(found.value), requested);
    if (Object.keys(patch).length === 0) return ok(await readVersionResponse(tx, uuid));
    const changes = await applyPatch(tx, { ...found.value, caller }, patch);
    await recordAudit(tx, [
      {
        action: 'avatar.edited',
        actor: caller.email,
        customerUuid: project.customerUuid,
        projectUuid: project.uuid,
        versionUuid: version.uuid,
        details: { changes: changesOf(fieldsOf(found.value), patch) },
      },
    ]);
    await recordChanges(tx, project.customerId, [...changes, { entity: 'project', uuid: project.uuid }]);
    return ok(await readVersionResponse(tx, uuid));
  });
}

async function applyPatch(
  tx: Transaction,
  { version, avatar, caller }: PermittedVersion & { readonly caller: Caller },
  { name, tags, description }: FieldsPatch,
): Promise<ChangedEntity[]> {
  const now = new Date();
  if (description !== undefined) {
    const values = { description, updatedAt: now, describedByUserId: caller.userId, describedAt: now };
    await tx.update(avatars).set(values).where(eq(avatars.id, version.id));
  }
  if (name === undefined && tags === undefined) return [{ entity: 'avatar', uuid: version.uuid }];
  return editAvatar(tx, avatar.id, { name, tags, caller });
}

/**
 * Changes an avatar's name and tags. Returns all its versions as changed, because each of them
 * shows the name and tags.
 */
export async function editAvatar(
  tx: Transaction,
  avatarId: number,
  edit: { readonly name?: string | undefined; readonly tags?: string[] | undefined; readonly caller: Caller },
): Promise<ChangedEntity[]> {
  const now = new Date();
  const { name, tags, caller } = edit;
  const values = { name, tags, labelledByUserId: caller.userId, labelledAt: now };
  await tx.update(lineages).set(values).where(eq(lineages.id, avatarId));
  const versions = await tx
    .update(avatars)
    .set({ updatedAt: now })
    .where(eq(avatars.lineageId, avatarId))
    .returning({ uuid: avatars.uuid });
  return versions.map(({ uuid }) => ({ entity: 'avatar', uuid }));
}
