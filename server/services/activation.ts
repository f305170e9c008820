import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ActiveState } from '../../shared/api/problem.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { avatars } from '../db/schema/avatars.ts';
import { projects } from '../db/schema/projects.ts';
import { users } from '../db/schema/users.ts';
import type { Caller } from './caller.ts';
import { type AuditEntry, type ChangedEntity, recordAudit, recordChanges } from './change-log.ts';
import type { ServiceContext } from './context.ts';
import { lockProject, type ProjectResource } from './find-permitted.ts';
import { type Answered, runOperation } from './run-operation.ts';
import { type ApiFailure, notFound } from './service-failure.ts';

const setters = alias(users, 'setters');

export interface ActivationRequest {
  /** The operation's uuid, or null. */
  readonly key: string | null;
  readonly projectUuid: string;
  readonly versionUuid: VersionUuid | null;
  /** What the caller believes to be active. */
  readonly expectedActiveUuid: VersionUuid | null;
}

/**
 * Compare and set: makes a version active, or none, if the active one is still the expected one. What is active already stays so,
 * whatever was expected: then nothing is left to want. Failures: `not_found`, `forbidden`, `active_conflict` (with the present one),
 * `trashed`, `not_activatable`, `idempotency_key_reused`.
 */
export function setActiveAvatar(
  context: ServiceContext,
  caller: Caller,
  { key, ...request }: ActivationRequest,
): Promise<Result<Answered<ActiveState>, ApiFailure>> {
  const { versionUuid, ...place } = request;
  // Part of the stored fingerprint: a request repeated after an update of the server must still be recognized.
  const asked = { operation: 'activate', ...place, avatarUuid: versionUuid };
  return runOperation(context, { caller, key, asked }, async (tx) => {
    const found = await lockProject(tx, { caller, action: 'activate', uuid: request.projectUuid });
    if (!found.ok) return found;
    const project = found.value;
    const current = await readActiveState(tx, project.id);
    if (current.active_avatar_uuid === request.versionUuid) return ok(current);
    const wanted = await findCandidate(tx, project.id, request.versionUuid);
    if (!wanted.ok) return wanted;
    if (current.active_avatar_uuid !== request.expectedActiveUuid) return fail(activeConflict(current));
    const change = await switchActive(tx, { project, caller, toUuid: request.versionUuid });
    await recordAudit(tx, change.audit);
    await recordChanges(tx, project.customerId, [...change.changes, { entity: 'project', uuid: project.uuid }]);
    return ok(await readActiveState(tx, project.id));
  });
}

async function findCandidate(
  tx: Transaction,
  projectId: number,
  versionUuid: VersionUuid | null,
): Promise<Result<null, ApiFailure>> {
  if (versionUuid === null) return ok(null);
  const [avatar] = await tx
    .select()
    .from(avatars)
    .where(and(eq(avatars.uuid, versionUuid), eq(avatars.projectId, projectId)));
  if (!avatar) return fail(notFound('avatar in this project'));
  if (avatar.deletedAt) return fail(trashed('made active'));
  if (!avatar.activatable) {
    return fail({
      code: 'not_activatable',
      detail: `"${avatar.originalFilename}" is stored, but it cannot be made active.`,
      issues: avatar.issues,
    });
  }
  return ok(null);
}

export const trashed = (what: string): ApiFailure => ({
  code: 'trashed',
  detail: `This version is in the trash and cannot be ${what}.`,
});

const activeConflict = (current: ActiveState): ApiFailure => ({
  code: 'active_conflict',
  detail: current.set_by
    ? `${current.set_by} changed the active avatar meanwhile.`
    : 'The active avatar was changed meanwhile.',
  current,
});

/** What is active in a project now, who chose it and when. */
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
  readonly project: ProjectResource;
  readonly caller: Caller;
  /** An activatable version of this project outside the trash, or null for none. */
  readonly toUuid: VersionUuid | null;
}

/** Moves the mark. The caller holds the customer's lock and records what is answered. */
export async function switchActive(
  tx: Transaction,
  { project, caller, toUuid }: ActiveSwitch,
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
  const place = { actor: caller.email, customerUuid: project.customerUuid, projectUuid: project.uuid };
  const audit: AuditEntry[] = [];
  if (previous) audit.push({ ...place, action: 'avatar.deactivated', versionUuid: previous.uuid });
  if (toUuid !== null) {
    const details = { previous: previous?.uuid ?? null };
    audit.push({ ...place, action: 'avatar.activated', versionUuid: toUuid, details });
  }
  const changed = [previous?.uuid, toUuid].filter((uuid) => uuid !== undefined && uuid !== null);
  return {
    audit,
    changes: changed.map((uuid) => ({ entity: 'avatar', uuid })),
    previousUuid: previous?.uuid ?? null,
  };
}
