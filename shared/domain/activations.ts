import type { AvatarUuid, VersionUuid } from './ids.ts';

/**
 * How the active version of a project changed: with an upload, by a person's choice, back to a
 * version that was active before, by taking the last change back, or because the active version was
 * moved to the trash.
 */
export const activationHows = ['upload', 'choice', 'rollback', 'undo', 'trash'] as const;
export type ActivationHow = (typeof activationHows)[number];

/** What people do to the active version itself. */
export const chosenHows = ['choice', 'rollback', 'undo'] as const satisfies readonly ActivationHow[];
export type ChosenHow = (typeof chosenHows)[number];

/** What a request to activate may say. A client may activate what it has uploaded before. */
export const requestedHows = [...chosenHows, 'upload'] as const satisfies readonly ActivationHow[];
export type RequestedHow = (typeof requestedHows)[number];

/** How many activations a project carries with it: enough for a screen, also offline. */
export const RECENT_ACTIVATIONS = 20;

/** A version in the activation history, with the name and number that it had then. */
export interface ActivatedVersion {
  readonly versionUuid: VersionUuid;
  readonly avatarUuid: AvatarUuid;
  readonly name: string;
  readonly version: number;
}

/** One change of a project's active version; null on one side: no version. */
export interface Activation {
  /** The key of the operation or upload that made it. */
  readonly uuid: string;
  readonly from: ActivatedVersion | null;
  readonly to: ActivatedVersion | null;
  readonly how: ActivationHow;
  /** Name of the user at that time. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** Set while it is pending: the server has not acknowledged it. */
  readonly isWaiting?: true;
}

/**
 * The history, newest first, after one more activation. It stays as it is if the active version
 * does.
 */
export function withActivation(history: readonly Activation[], activation: Activation): readonly Activation[] {
  const { from, to } = activation;
  if (from?.versionUuid === to?.versionUuid) return history;
  return [activation, ...history].slice(0, RECENT_ACTIVATIONS);
}

/** What the history keeps of a version. */
export function activatedVersionFrom({ versionUuid, avatarUuid, name, version }: ActivatedVersion): ActivatedVersion {
  return { versionUuid, avatarUuid, name, version };
}
