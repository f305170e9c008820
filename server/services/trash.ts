import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { AvatarResponse, deleteScopes } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { Transaction } from '../db/database.ts';
import { avatars } from '../db/schema/avatars.ts';
import { switchActive } from './activation.ts';
import type { Caller } from './caller.ts';
import { recordAudit, recordChanges } from './change-log.ts';
import type { ServiceContext } from './context.ts';
import { type AvatarResource, lockAvatar } from './find-permitted.ts';
import { type Answered, runOperation } from './run-operation.ts';
import type { ApiFailure } from './service-failure.ts';
import { readAvatarResponse } from './version-responses.ts';

export interface TrashRequest {
  /** The operation's uuid, or null. */
  readonly key: string | null;
  readonly uuid: VersionUuid;
  /** This version only, or all versions of its avatar. */
  readonly scope: (typeof deleteScopes)[number];
}

export interface Trashed {
  readonly deleted_avatar_uuids: VersionUuid[];
  readonly was_active_uuid: VersionUuid | null;
}

/**
 * Moves one version, or all versions of an avatar, to the trash. What is active is deactivated first. What was
 * trashed before is left alone and not answered, so that an undo takes back exactly this. Failures: `not_found`, `forbidden`,
 * `idempotency_key_reused`.
 */
export function trashAvatar(
  context: ServiceContext,
  caller: Caller,
  { key, ...request }: TrashRequest,
): Promise<Result<Answered<Trashed>, ApiFailure>> {
  return runOperation(context, { caller, key, asked: { operation: 'trash', ...request } }, async (tx) => {
    const found = await lockAvatar(tx, { caller, action: 'delete', uuid: request.uuid });
    if (!found.ok) return found;
    const { avatar } = found.value;
    const scope = request.scope === 'avatar' ? eq(avatars.lineageId, avatar.lineageId) : eq(avatars.id, avatar.id);
    return ok(await moveToTrash(tx, { caller, resource: found.value, scope }));
  });
}

interface Move {
  readonly caller: Caller;
  readonly resource: AvatarResource;
  readonly scope: SQL;
}

async function moveToTrash(tx: Transaction, { caller, resource, scope }: Move): Promise<Trashed> {
  const { project } = resource;
  const targets = await tx
    .select()
    .from(avatars)
    .where(and(scope, isNull(avatars.deletedAt)));
  if (targets.length === 0) return { deleted_avatar_uuids: [], was_active_uuid: null };
  const wasActive = targets.find((target) => target.isActive)?.uuid ?? null;
  if (wasActive) await recordAudit(tx, (await switchActive(tx, { project, caller, toUuid: null })).audit);
  const now = new Date();
  const ids = targets.map((target) => target.id);
  await tx
    .update(avatars)
    .set({ deletedAt: now, deletedByUserId: caller.userId, updatedAt: now })
    .where(inArray(avatars.id, ids));
  const place = { actor: caller.email, customerUuid: project.customerUuid, projectUuid: project.uuid };
  await recordAudit(
    tx,
    targets.map(({ uuid }) => ({ ...place, action: 'avatar.trashed', versionUuid: uuid })),
  );
  await recordChanges(tx, project.customerId, [
    ...targets.map(({ uuid }) => ({ entity: 'avatar' as const, uuid })),
    { entity: 'project', uuid: project.uuid },
  ]);
  return { deleted_avatar_uuids: targets.map(({ uuid }) => uuid), was_active_uuid: wasActive };
}

/**
 * Takes a version back from the trash, inactive. One that is not there stays as it is. Failures: `not_found`, `forbidden`,
 * `idempotency_key_reused`.
 */
export function restoreAvatar(
  context: ServiceContext,
  caller: Caller,
  { key, uuid }: { readonly key: string | null; readonly uuid: VersionUuid },
): Promise<Result<Answered<AvatarResponse>, ApiFailure>> {
  return runOperation(context, { caller, key, asked: { operation: 'restore', uuid } }, async (tx) => {
    const found = await lockAvatar(tx, { caller, action: 'restore', uuid });
    if (!found.ok) return found;
    const { avatar, project } = found.value;
    if (avatar.deletedAt) {
      await tx
        .update(avatars)
        .set({ deletedAt: null, deletedByUserId: null, updatedAt: new Date() })
        .where(eq(avatars.id, avatar.id));
      const place = { customerUuid: project.customerUuid, projectUuid: project.uuid, versionUuid: uuid };
      await recordAudit(tx, [{ action: 'avatar.restored', actor: caller.email, ...place }]);
      await recordChanges(tx, project.customerId, [
        { entity: 'avatar', uuid },
        { entity: 'project', uuid: project.uuid },
      ]);
    }
    return ok(await readAvatarResponse(tx, uuid));
  });
}
