import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { AvatarResponse, deleteScopes } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { lockVersion, type PermittedVersion } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { avatars, notTrashed } from '../../db/schema/avatars.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { recordChanges } from '../../history/record-changes.ts';
import { type OperationResult, runOperation } from '../../operations/run-operation.ts';
import { switchActive } from './activation.ts';
import { readVersionResponse } from './version-responses.ts';

export interface TrashRequest {
  /** The operation's UUID (its Idempotency-Key), or null. */
  readonly key: string | null;
  readonly uuid: VersionUuid;
  /** Only this version, or all versions of its avatar. */
  readonly scope: (typeof deleteScopes)[number];
}

export interface Trashed {
  readonly deleted_avatar_uuids: VersionUuid[];
  readonly was_active_uuid: VersionUuid | null;
}

/**
 * Moves one version, or all versions of its avatar, to the trash. An active version is deactivated
 * first. Versions that were in the trash already are left alone and not returned, so that an undo
 * restores exactly the returned ones. Failures: `not_found`, `forbidden`, `idempotency_key_reused`.
 */
export function trashVersions(
  context: ServiceContext,
  caller: Caller,
  { key, ...request }: TrashRequest,
): ServiceResult<OperationResult<Trashed>> {
  return runOperation(context, { caller, key, request: { operation: 'trash', ...request } }, async (tx) => {
    const found = await lockVersion(tx, { caller, action: 'delete', uuid: request.uuid });
    if (!found.ok) return found;
    const { version } = found.value;
    const scope = request.scope === 'avatar' ? eq(avatars.lineageId, version.lineageId) : eq(avatars.id, version.id);
    return ok(await moveToTrash(tx, { caller, resource: found.value, scope, key }));
  });
}

interface Move {
  readonly caller: Caller;
  readonly resource: PermittedVersion;
  readonly scope: SQL;
  readonly key: string | null;
}

async function moveToTrash(tx: Transaction, { caller, resource, scope, key }: Move): Promise<Trashed> {
  const { project } = resource;
  const targets = await tx.select().from(avatars).where(and(scope, notTrashed()));
  if (targets.length === 0) return { deleted_avatar_uuids: [], was_active_uuid: null };
  const wasActive = targets.find((target) => target.isActive)?.uuid ?? null;
  if (wasActive) {
    const change = await switchActive(tx, { project, caller, toUuid: null, how: 'trash', key });
    await recordAudit(tx, change.audit);
  }
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
 * Restores a version from the trash; it is not activated. A version outside the trash stays as it
 * is. Failures: `not_found`, `forbidden`, `idempotency_key_reused`.
 */
export function restoreVersion(
  context: ServiceContext,
  caller: Caller,
  { key, uuid }: { readonly key: string | null; readonly uuid: VersionUuid },
): ServiceResult<OperationResult<AvatarResponse>> {
  return runOperation(context, { caller, key, request: { operation: 'restore', uuid } }, async (tx) => {
    const found = await lockVersion(tx, { caller, action: 'restore', uuid });
    if (!found.ok) return found;
    const { version, project } = found.value;
    if (version.deletedAt) {
      await tx
        .update(avatars)
        .set({ deletedAt: null, deletedByUserId: null, updatedAt: new Date() })
        .where(eq(avatars.id, version.id));
      const place = { customerUuid: project.customerUuid, projectUuid: project.uuid, versionUuid: uuid };
      await recordAudit(tx, [{ action: 'avatar.restored', actor: caller.email, ...place }]);
      await recordChanges(tx, project.customerId, [
        { entity: 'avatar', uuid },
        { entity: 'project', uuid: project.uuid },
      ]);
    }
    return ok(await readVersionResponse(tx, uuid));
  });
}
