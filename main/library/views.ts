import type {
  ActivationView,
  ActiveVersionView,
  AvatarEntry,
  AvatarView,
  ProjectView,
  VersionView,
} from '../../shared/contract/library.ts';
import type { OperationKind } from '../../shared/contract/operations.ts';
import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { DrawingFailure } from '../../shared/contract/preview-frame.ts';
import type { Activation } from '../../shared/domain/activations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { PendingOperation } from '../../shared/domain/intents.ts';
import type { ProjectRow, VersionRow } from '../db/schema.ts';
import type { ListedVersion } from '../db/versions-repository.ts';
import { thumbnailAddress } from '../media/picture-address.ts';

/** The active version of each project. Only the project's own row states it. */
export type ActiveUuids = ReadonlySet<VersionUuid>;

export function activeUuidsOf(projects: readonly ProjectRow[]): ActiveUuids {
  return new Set(projects.flatMap((project) => project.active?.versionUuid ?? []));
}

/** What belongs to a version, but not to its row. */
export interface VersionContext {
  /** With the pending activations applied. */
  readonly active: ActiveUuids;
  /** Of the server's rows. */
  readonly confirmedActive: ActiveUuids;
  /** By SHA-256. */
  readonly drawingFailures: ReadonlyMap<string, DrawingFailure>;
}

type ActiveVersion = ProjectRow['active'];

export interface ProjectViewParts {
  readonly avatarCount: number;
  /** What the server's row says is active; `project` has the pending activations applied. */
  readonly confirmedActive: ActiveVersion;
  /** A version's own row, if it is stored; it is newer than the copy in a project's row. */
  readonly findVersion: (uuid: VersionUuid) => VersionRow | null;
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
  const { avatarCount, confirmedActive, findVersion, pin, rechecksDismissedUntil } = parts;
  const activations = project.activations.map(toActivationView);
  const { uuid, customerUuid, customerName, name, activeSetBy, activeSetAt } = project;
  return {
    uuid,
    customerUuid,
    customerName,
    name,
    avatarCount,
    active: toActiveView(project.active, findVersion),
    confirmedActive: toActiveView(confirmedActive, findVersion),
    activeSetBy,
    activeSetAt,
    isActivationWaiting: activations[0]?.isWaiting ?? false,
    activations,
    pin,
    rechecksDismissedUntil,
  };
}

function toActiveView(active: ActiveVersion, findVersion: ProjectViewParts['findVersion']): ActiveVersionView | null {
  if (active === null) return null;
  const { versionUuid } = active;
  const { avatarUuid, name, version, pictureHash } = findVersion(versionUuid) ?? active;
  return { versionUuid, avatarUuid, name, version, thumbnailUrl: thumbnailAddress(versionUuid, pictureHash) };
}

function toActivationView(activation: Activation): ActivationView {
  return { ...activation, isWaiting: activation.isWaiting ?? false };
}

export function versionViewFrom(row: VersionRow, context: VersionContext): VersionView {
  const { active, confirmedActive, drawingFailures } = context;
  return {
    uuid: row.uuid,
    projectUuid: row.projectUuid,
    avatarUuid: row.avatarUuid,
    version: row.version,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    isActive: active.has(row.uuid),
    isConfirmedActive: confirmedActive.has(row.uuid),
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

export function avatarEntryFrom(newest: ListedVersion, isActive: boolean): AvatarEntry {
  const { uuid, avatarUuid, projectUuid, name, tags, version, pictureHash } = newest;
  const thumbnailUrl = thumbnailAddress(uuid, pictureHash);
  return { avatarUuid, projectUuid, name, tags: [...tags], version, thumbnailUrl, isActive };
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
