import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ActiveState } from '../../../shared/api/problem.ts';
import type { ActivationHow, RequestedHow } from '../../../shared/domain/activations.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { lockProject, type PermittedProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import { users } from '../../db/schema/users.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { type AuditEntry, recordAudit } from '../../history/record-audit.ts';
import { type ChangedEntity, recordChanges } from '../../history/record-changes.ts';
import { type OperationResult, runOperation } from '../../operations/run-operation.ts';
import { readNewestActivation } from './read-activations.ts';
import { recordActivation } from './record-activation.ts';

const setters = alias(users, 'setters');

export interface ActivationRequest {
  /** The operation's UUID (its Idempotency-Key), or null. */
  readonly key: string | null;
  readonly projectUuid: string;
  readonly versionUuid: VersionUuid | null;
  /** The version that the caller believes to be active; null for none. */
  readonly expectedActiveUuid: VersionUuid | null;
  readonly how: RequestedHow;
  /** The activation that this one takes back, if it is still the project's newest; null: none. */
  readonly undoes: string | null;
}

/**
 * Compare and set: activates a version, or none (`versionUuid` is null), if the active version is
 * still the expected one, and the activation to be taken back still the newest one. If the
 * requested version is active already, nothing changes, whatever was expected. Failures:
 * `not_found`, `forbidden`, `active_conflict` (with the current state), `trashed`,
 * `not_activatable`, `idempotency_key_reused`.
 */
export function setActiveVersion(
  context: ServiceContext,
  caller: Caller,
  { key, ...request }: ActivationRequest,
): ServiceResult<OperationResult<ActiveState>> {
  const { projectUuid, versionUuid, expectedActiveUuid, how, undoes } = request;
  // The key `avatarUuid` is part of the stored fingerprint: renamed, it would make a request that
  // is repeated after an update of the server look like a different one. So would the fields that
  // were added later, if the fingerprint always had them.
  const fingerprinted = {
    operation: 'activate',
    projectUuid,
    avatarUuid: versionUuid,
    expectedActiveUuid,
    ...(how !== 'choice' && { how }),
    ...(undoes !== null && { undoes }),
  };
  return runOperation(context, { caller, key, request: fingerprinted }, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'activate', uuid: projectUuid });
    if (!found.ok) return found;
    const project = found.value;
    const current = await readActiveState(tx, project.id);
    if (current.active_avatar_uuid === versionUuid) return ok(current);
    const wanted = await findCandidate(tx, project.id, versionUuid);
    if (!wanted.ok) return wanted;
    const isExpected = current.active_avatar_uuid === expectedActiveUuid;
    const isNewest = undoes === null || (await readNewestActivation(tx, project.id)) === undoes;
    if (!isExpected || !isNewest) return fail(activeConflict(current));
    const change = await switchActive(tx, { project, caller, toUuid: versionUuid, how, key });
    await recordAudit(tx, change.audit);
    await recordChanges(tx, project.customerId, [...change.changes, { entity: 'project', uuid: project.uuid }]);
    return ok(await readActiveState(tx, project.id));
  });
}

async function findCandidate(tx: Transaction, projectId: number, versionUuid: VersionUuid | null): ServiceResult<null> {
  if (versionUuid === null) return ok(null);
  const [version] = await tx
    .select()
    .from(avatars)
    .where(and(eq(avatars.uuid, versionUuid), eq(avatars.projectId, projectId)));
  if (!version) return fail(notFound('version in this project'));
  if (version.deletedAt) return fail(trashed('activated'));
  if (!version.activatable) {
    return fail({
      code: 'not_activatable',
      detail: `"${version.originalFilename}" is stored, but it cannot be activated.`,
      issues: version.issues,
    });
  }
  return ok(null);
}

export const trashed = (what: string): ServiceFailure => ({
  code: 'trashed',
  detail: `This version is in the trash and cannot be ${what}.`,
});

const activeConflict = (current: ActiveState): ServiceFailure => ({
  code: 'active_conflict',
  detail: current.set_by
    ? `${current.set_by} has changed the active version since you loaded it.`
    : 'The active version has been changed since you loaded it.',
  current,
});

/** The version that is active in a project, who chose it and when. */
export async function readActiveState(db: Queryable, projectId: number): Promise<ActiveState> {
  const [row] = await db
    .select({ uuid: avatars.uuid, setBy: setters.name, setAt: projects.activeSetAt })
    .from(projects)
    .leftJoin(avatars, and(eq(avatars.projectId, projects.id), eq(avatars.isActive, true)))
    .leftJoin(setters, eq(setters.id, projects.activeSetByUserId))
    .where(eq(projects.id, projectId));
  return {
    active_avatar_uuid: row?.uuid ?? null,
    set_by: row?.setBy ?? null,
    set_at: row?.setAt?.toISOString() ?? null,
  };
}

export interface ActiveSwitch {
  readonly project: PermittedProject;
  readonly caller: Caller;
  /** An activatable version of this project outside the trash, or null for none. */
  readonly toUuid: VersionUuid | null;
  readonly how: ActivationHow;
  /** The Idempotency-Key of the request, or null; a UUID becomes that of the activation. */
  readonly key: string | null;
}

/**
 * Switches the active version and adds the activation to the project's history. The caller has
 * locked the customer and records the returned audit entries and changes.
 */
export async function switchActive(
  tx: Transaction,
  { project, caller, toUuid, how, key }: ActiveSwitch,
): Promise<{ audit: AuditEntry[]; changes: ChangedEntity[]; previousUuid: VersionUuid | null }> {
  const now = new Date();
  const [previous] = await tx
    .update(avatars)
    .set({ isActive: false, updatedAt: now })
    .where(and(eq(avatars.projectId, project.id), eq(avatars.isActive, true)))
    .returning({ uuid: avatars.uuid });
  if (toUuid !== null) {
    await tx.update(avatars).set({ isActive: true, updatedAt: now }).where(eq(avatars.uuid, toUuid));
  }
  await tx
    .update(projects)
    .set({ activeSetByUserId: caller.userId, activeSetAt: now })
    .where(eq(projects.id, project.id));
  await recordActivation(tx, { project, caller, fromUuid: previous?.uuid ?? null, toUuid, at: now, how, key });
  const place = { actor: caller.email, customerUuid: project.customerUuid, projectUuid: project.uuid };
  const audit: AuditEntry[] = [];
  if (previous) audit.push({ ...place, action: 'avatar.deactivated', versionUuid: previous.uuid, details: { how } });
  if (toUuid !== null) {
    const details = { previous: previous?.uuid ?? null, how };
    audit.push({ ...place, action: 'avatar.activated', versionUuid: toUuid, details });
  }
  const changed = [previous?.uuid, toUuid].filter((uuid) => uuid !== undefined && uuid !== null);
  return {
    audit,
    changes: changed.map((uuid) => ({ entity: 'avatar', uuid })),
    previousUuid: previous?.uuid ?? null,
  };
}
