import type { RequestedHow } from './activations.ts';
import type { AvatarUuid, VersionUuid } from './ids.ts';

/**
 * The fields of an avatar that people edit; absent fields stay unchanged. Name and tags belong to
 * the avatar, the description to the version.
 */
export interface AvatarFields {
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

export interface ActivateIntent {
  readonly kind: 'activate';
  /** Null: no version shall be active. */
  readonly versionUuid: VersionUuid | null;
  /** The version that the user saw as active. */
  readonly expectedActiveUuid: VersionUuid | null;
  /**
   * `drop`: the activation only matters if nobody else activates a version, so a conflict discards
   * it.
   */
  readonly onConflict: 'ask' | 'drop';
  readonly how: RequestedHow;
  /**
   * The activation that this one takes back. The server refuses it if that one is no longer the
   * newest. Null: none.
   */
  readonly undoes: string | null;
}

export interface EditIntent {
  readonly kind: 'edit';
  readonly versionUuid: VersionUuid;
  readonly fields: AvatarFields;
  /** The values that the user saw in these fields. */
  readonly base: AvatarFields;
}

export interface TrashIntent {
  readonly kind: 'trash';
  readonly versionUuid: VersionUuid;
  /** This version only, or all versions of its avatar. */
  readonly scope: 'version' | 'avatar';
}

export interface RestoreIntent {
  readonly kind: 'restore';
  readonly versionUuid: VersionUuid;
}

/** What the user wants, with the state they saw when they decided. */
export type OperationIntent = ActivateIntent | EditIntent | TrashIntent | RestoreIntent;

/** An intent, and what it is about. */
export interface PendingOperation {
  /** The idempotency key of its request, and the UUID of the activation that it makes. */
  readonly requestKey: string;
  readonly projectUuid: string;
  /** Null for an activation of nothing. */
  readonly avatarUuid: AvatarUuid | null;
  readonly intent: OperationIntent;
  /** Name of the user, as the server will show it. */
  readonly by: string;
  /** When the user decided (ISO 8601). */
  readonly createdAt: string;
}

/** The fields that decide an operation's order keys. */
export interface Ordered extends Pick<PendingOperation, 'projectUuid' | 'avatarUuid'> {
  readonly kind: OperationIntent['kind'];
}

/** Whether an operation can change the active version: the deletion of what may be active can, too. */
export function mayMoveActive(kind: OperationIntent['kind']): boolean {
  return kind === 'activate' || kind === 'trash';
}

/**
 * Operations that share a key are sent in order. An operation that can change the active version
 * has its project's key. Each operation about an avatar has that avatar's key, so that a version is
 * restored before it is activated.
 */
export function orderKeysOf({ projectUuid, avatarUuid, kind }: Ordered): readonly string[] {
  const keys = avatarUuid === null ? [] : [`avatar:${avatarUuid}`];
  return mayMoveActive(kind) ? [`project:${projectUuid}`, ...keys] : keys;
}

/** Whether `later` answers the question that `earlier` raised. */
export function supersedes(later: PendingOperation, earlier: PendingOperation): boolean {
  if (later.intent.kind === 'activate') {
    return earlier.intent.kind === 'activate' && earlier.projectUuid === later.projectUuid;
  }
  if (later.intent.kind !== 'edit' || earlier.intent.kind !== 'edit') return false;
  const { versionUuid, fields } = later.intent;
  const asked = definedFields(earlier.intent.fields);
  const isSameSubject = asked.includes('description')
    ? earlier.intent.versionUuid === versionUuid
    : earlier.avatarUuid === later.avatarUuid;
  return isSameSubject && asked.every((field) => fields[field] !== undefined);
}

function definedFields(fields: AvatarFields): readonly (keyof AvatarFields)[] {
  return (['name', 'tags', 'description'] as const).filter((field) => fields[field] !== undefined);
}
