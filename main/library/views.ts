import type { ActivationView, AvatarView, ProjectView, VersionView } from '../../shared/contract/library.ts';
import type { OperationKind } from '../../shared/contract/operations.ts';
import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { DrawingFailure } from '../../shared/contract/preview-frame.ts';
import type { Activation } from '../../shared/domain/activations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { PendingOperation } from '../../shared/domain/intents.ts';
import type { ProjectRow, VersionRow } from '../db/schema.ts';
import { thumbnailAddress } from '../media/picture-address.ts';

/** The active version of each project. Only the project's own row states it. */
export type ActiveUuids = ReadonlySet<VersionUuid>;

export function activeUuidsOf(projects: readonly ProjectRow[]): ActiveUuids {
  return new Set(projects.flatMap((project) => project.active?.versionUuid ?? []));
}

/** What belongs to a version, but not to its row. */
export interface VersionContext {
  readonly active: ActiveUuids;
  /** By SHA-256. */
  readonly drawingFailures: ReadonlyMap<string, DrawingFailure>;
}

export interface ProjectViewParts {
  readonly avatarCount: number;
  /**
   * The active version's own row, if it is stored; it is newer than the copy in the project's row.
   */
  readonly activeRow: VersionRow | null;
  readonly pin: ProjectPin | null;
  readonly rechecksDismissedUntil: string | null;
}

/** The kinds of pending operations, by avatar. */
export type WaitingKinds = ReadonlyMap<string, readonly OperationKind[]>;

export function waitingKindsOf(operations: readonly PendingOperation[]): WaitingKinds {
  const kinds = new Map<string, OperationKind[]>();
  for (const { avatarUuid, intent } of operations) {
    if (avatarUuid === null) continue;
    const kindsOfAvatar = kinds.get(avatarUuid) ?? [];
    if (!kindsOfAvatar.includes(intent.kind)) kindsOfAvatar.push(intent.kind);
    kinds.set(avatarUuid, kindsOfAvatar);
  }
  return kinds;
}

export function projectViewFrom(project: ProjectRow, parts: ProjectViewParts): ProjectView {
  const { avatarCount, activeRow, pin, rechecksDismissedUntil } = parts;
  const activations = project.activations.map(toActivationView);
  const { uuid, customerUuid, customerName, name, activeSetBy, activeSetAt } = project;
  const active = activeRow === null ? project.active : { ...activeRow, versionUuid: activeRow.uuid };
  return {
    uuid,
    customerUuid,
    customerName,
    name,
    avatarCount,
    active: active && {
      versionUuid: active.versionUuid,
      avatarUuid: active.avatarUuid,
      name: active.name,
      version: active.version,
      thumbnailUrl: thumbnailAddress(active.versionUuid, active.pictureHash),
    },
    activeSetBy,
    activeSetAt,
    isActivationWaiting: activations[0]?.isWaiting ?? false,
    activations,
    pin,
    rechecksDismissedUntil,
  };
}

function toActivationView(activation: Activation): ActivationView {
  return { ...activation, isWaiting: activation.isWaiting ?? false };
}

export function versionViewFrom(row: VersionRow, { active, drawingFailures }: VersionContext): VersionView {
  return {
    uuid: row.uuid,
    projectUuid: row.projectUuid,
    avatarUuid: row.avatarUuid,
    version: row.version,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    isActive: active.has(row.uuid),
    container: row.container,
    verdict: row.verdict,
    activatable: row.activatable,
    issues: row.issues,
    recheck: row.recheck,
    drawingFailure: drawingFailures.get(row.sha256) ?? null,
    description: row.description,
    bodyType: row.bodyType,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    deletedAt: row.deletedAt,
    thumbnailUrl: thumbnailAddress(row.uuid, row.pictureHash),
  };
}

/**
 * Groups versions into avatars, in the order of their first rows. An avatar's versions are sorted
 * by descending number.
 */
export function avatarViewsFrom(
  rows: readonly VersionRow[],
  context: VersionContext,
  waiting: WaitingKinds = new Map(),
): AvatarView[] {
  const byAvatar = new Map<string, VersionRow[]>();
  for (const row of rows) {
    const versions = byAvatar.get(row.avatarUuid) ?? [];
    versions.push(row);
    byAvatar.set(row.avatarUuid, versions);
  }
  return [...byAvatar.values()].map((versions) => avatarViewFrom(versions, context, waiting));
}

function avatarViewFrom(rows: readonly VersionRow[], context: VersionContext, waiting: WaitingKinds): AvatarView {
  const versions = rows.toSorted((a, b) => b.version - a.version);
  const newest = versions[0];
  if (newest === undefined) throw new Error('An avatar has at least one version');
  return {
    avatarUuid: newest.avatarUuid,
    projectUuid: newest.projectUuid,
    name: newest.name,
    tags: [...newest.tags],
    waiting: [...(waiting.get(newest.avatarUuid) ?? [])],
    versions: versions.map((row) => versionViewFrom(row, context)),
  };
}
