import type { AvatarUuid, VersionUuid } from './ids.ts';

/** The fields of an avatar that people edit; absent ones are not meant. Name and tags are the avatar's, the description is the version's. */
export interface AvatarFields {
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

export interface ActivateIntent {
  readonly kind: 'activate';
  /** Null: nothing shall be live. */
  readonly versionUuid: VersionUuid | null;
  /** What the person saw as live when they decided. */
  readonly expectedActiveUuid: VersionUuid | null;
  /** `drop`: it was meant only if nobody decides otherwise, so nobody is asked. */
  readonly onConflict: 'ask' | 'drop';
}

export interface EditIntent {
  readonly kind: 'edit';
  readonly versionUuid: VersionUuid;
  readonly fields: AvatarFields;
  /** What the person saw in these fields. */
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

/** What a person meant, with what they saw when they decided. */
export type OperationIntent = ActivateIntent | EditIntent | TrashIntent | RestoreIntent;

/** An intent and what it is about. */
export interface PendingOperation {
  readonly projectUuid: string;
  /** Null: an activation of none. */
  readonly avatarUuid: AvatarUuid | null;
  readonly intent: OperationIntent;
  /** Name of who decided, as the server will show it. */
  readonly by: string;
  /** When the person decided (ISO 8601). */
  readonly createdAt: string;
}

/** The fields that decide an operation's order keys. */
export interface Ordered extends Pick<PendingOperation, 'projectUuid' | 'avatarUuid'> {
  readonly kind: OperationIntent['kind'];
}

/**
 * Operations that share a key are sent in order. An operation that can change the active version (an activation, or the
 * deletion of what may be active) has its project's key. Each operation about an avatar has that avatar's key, so that a
 * version is restored before it is activated.
 */
export function orderKeysOf({ projectUuid, avatarUuid, kind }: Ordered): readonly string[] {
  const keys = avatarUuid === null ? [] : [`avatar:${avatarUuid}`];
  const mayChangeActive = kind === 'activate' || kind === 'trash';
  return mayChangeActive ? [`project:${projectUuid}`, ...keys] : keys;
}

/** Whether a person who decided `later` has thereby answered what was asked about `earlier`. */
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
