import { randomUUID } from 'node:crypto';
import type { Failure } from '../../shared/contract/failure.ts';
import type { EditedFields } from '../../shared/contract/operations.ts';
import type { RequestedHow } from '../../shared/domain/activations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import {
  type ActivateIntent,
  type AvatarFields,
  mayMoveActive,
  type OperationIntent,
  type PendingOperation,
} from '../../shared/domain/intents.ts';
import { isSame } from '../../shared/domain/resolve-conflict.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
import type { OperationRow, VersionRow } from '../db/schema.ts';
import type { Recorded } from '../outbox/outbox.ts';

// Functions that turn a person's action into operations, based on the library as that person sees
// it. They change nothing.

type Decision<Value> = Result<Recorded<Value>, Failure>;

export interface DecisionContext {
  /** The library as people see it. */
  readonly read: Readers;
  readonly by: string;
  readonly createdAt: string;
}

export interface ActivationRequest {
  readonly projectUuid: string;
  readonly versionUuid: VersionUuid | null;
  /** The active version that the person saw when they decided. */
  readonly expectedActiveUuid: VersionUuid | null;
  /** `choice` if absent. */
  readonly how?: RequestedHow | undefined;
  /** The activation to take back, by its UUID. */
  readonly undoes?: string | undefined;
}

export interface Activated {
  readonly kind: 'done';
  /** The UUID of the new activation; null if it replaces a pending one and may change nothing. */
  readonly activationUuid: string | null;
}

/** Failures: `project_gone`, `version_gone`, `version_trashed`, `version_not_activatable`. */
export function decideActivation(context: DecisionContext, request: ActivationRequest): Decision<Activated> {
  const { projectUuid, versionUuid, expectedActiveUuid, how = 'choice' } = request;
  const project = context.read.projects.find(projectUuid);
  if (project === null) return fail({ code: 'project_gone' });
  const version = versionUuid === null ? null : context.read.versions.find(versionUuid);
  if (versionUuid !== null && version?.projectUuid !== projectUuid) return fail({ code: 'version_gone' });
  if (version !== null && version.deletedAt !== null) return fail({ code: 'version_trashed' });
  if (version !== null && !version.activatable) return fail({ code: 'version_not_activatable' });
  // Servers without a history compare the active version only.
  const undoes = project.activations.find(({ uuid }) => uuid === request.undoes)?.uuid ?? null;
  const intent = { kind: 'activate', versionUuid, expectedActiveUuid, onConflict: 'ask', how, undoes } as const;
  const activation = operation(context, { projectUuid, avatarUuid: version?.avatarUuid ?? null }, intent);
  const replaced = undoes === null ? null : findReplaceable(context.read, activation, intent);
  return ok({
    operations: [activation],
    replaced: replaced === null ? [] : [replaced],
    result: () => ({ kind: 'done', activationUuid: replaced === null ? activation.requestKey : null }),
  });
}

/**
 * The pending activation that an undo takes back, if only the undo needs to be sent. If the
 * activation has not reached the server, the version that the undo wants is still active there, and
 * nothing changes; if only its response was lost, the undo takes it back. So nobody ever sees what a
 * person has chosen and taken back without a server.
 */
function findReplaceable(
  read: Readers,
  { projectUuid }: PendingOperation,
  { versionUuid, undoes }: ActivateIntent,
): OperationRow | null {
  const inLine = read.operations
    .overlaying()
    .filter((row) => row.projectUuid === projectUuid && mayMoveActive(row.intent.kind));
  const last = inLine.at(-1);
  if (last === undefined || last.requestKey !== undoes || last.state !== 'waiting') return null;
  const { intent } = last;
  const isPlain = intent.kind === 'activate' && intent.undoes === null;
  return isPlain && intent.expectedActiveUuid === versionUuid ? last : null;
}

/**
 * Sends only the fields that the person changed, with the values that the person saw as the base.
 * Failures: `version_gone`, `version_trashed`.
 */
export function decideEdit(
  context: DecisionContext,
  versionUuid: VersionUuid,
  wished: EditedFields,
): Decision<VersionRow> {
  const version = context.read.versions.find(versionUuid);
  if (version === null) return fail({ code: 'version_gone' });
  if (version.deletedAt !== null) return fail({ code: 'version_trashed' });
  const changed = (['name', 'tags', 'description'] as const).filter(
    (field) => wished[field] !== undefined && !isSame(wished[field], version[field]),
  );
  const only = (values: AvatarFields): AvatarFields =>
    Object.fromEntries(changed.map((field) => [field, values[field]]));
  const intent: OperationIntent = { kind: 'edit', versionUuid, fields: only(wished), base: only(version) };
  const operations = changed.length === 0 ? [] : [operation(context, version, intent)];
  return ok({ operations, result: (after) => after.versions.find(versionUuid) ?? version });
}

/**
 * Versions that are in the trash already are not returned, so that an undo restores only the
 * others. Failures: `version_gone`.
 */
export function decideDeletion(
  context: DecisionContext,
  { versionUuid, scope }: { readonly versionUuid: VersionUuid; readonly scope: 'version' | 'avatar' },
): Decision<{ versionUuids: VersionUuid[]; wasActiveUuid: VersionUuid | null }> {
  const { read } = context;
  const version = read.versions.find(versionUuid);
  if (version === null) return fail({ code: 'version_gone' });
  const versions = scope === 'version' ? [version] : read.versions.ofAvatars([version.avatarUuid]);
  const versionUuids = versions.filter(({ deletedAt }) => deletedAt === null).map(({ uuid }) => uuid);
  const activeUuid = read.projects.find(version.projectUuid)?.active?.versionUuid ?? null;
  const wasActiveUuid = activeUuid !== null && versionUuids.includes(activeUuid) ? activeUuid : null;
  const operations =
    versionUuids.length === 0 ? [] : [operation(context, version, { kind: 'trash', versionUuid, scope })];
  return ok({ operations, result: () => ({ versionUuids, wasActiveUuid }) });
}

export interface RestorationRequest {
  readonly versionUuids: readonly VersionUuid[];
  /** Activate this version again if no other is active. */
  readonly activateUuid: VersionUuid | null;
}

export interface Restored {
  readonly restored: number;
  readonly reactivated: boolean;
}

/**
 * Skips versions that are not in the trash or no longer exist. Failures: `version_gone` if all of
 * them are gone.
 */
export function decideRestoration(
  context: DecisionContext,
  { versionUuids, activateUuid }: RestorationRequest,
): Decision<Restored> {
  const { read } = context;
  const versions = inOrder(versionUuids, read.versions.findAll(versionUuids));
  if (versions.length === 0) return fail({ code: 'version_gone' });
  const restorations = versions
    .filter(({ deletedAt }) => deletedAt !== null)
    .map((version) => operation(context, version, { kind: 'restore', versionUuid: version.uuid }));
  const again = versions.find(({ uuid }) => uuid === activateUuid) ?? null;
  const reactivations = again === null ? [] : reactivate(context, again);
  return ok({
    operations: [...restorations, ...reactivations],
    result: () => ({ restored: versions.length, reactivated: reactivations.length > 0 }),
  });
}

/**
 * If another version has been activated since, it stays active, here and on the server, without a
 * conflict.
 */
function reactivate(context: DecisionContext, version: VersionRow): readonly PendingOperation[] {
  const project = context.read.projects.find(version.projectUuid);
  if (project === null || project.active !== null || !version.activatable) return [];
  const activate = { kind: 'activate', versionUuid: version.uuid, expectedActiveUuid: null } as const;
  // The deletion is undone as a whole, so no single activation is.
  return [operation(context, version, { ...activate, onConflict: 'drop', how: 'undo', undoes: null })];
}

function inOrder(uuids: readonly VersionUuid[], rows: readonly VersionRow[]): readonly VersionRow[] {
  const rowByUuid = new Map(rows.map((row) => [row.uuid, row]));
  return uuids.flatMap((uuid) => rowByUuid.get(uuid) ?? []);
}

type About = Pick<PendingOperation, 'projectUuid' | 'avatarUuid'>;

function operation(
  { by, createdAt }: DecisionContext,
  { projectUuid, avatarUuid }: About,
  intent: OperationIntent,
): PendingOperation {
  return { requestKey: randomUUID(), projectUuid, avatarUuid, intent, by, createdAt };
}
