import type { ActivateIntent, AvatarFields, OperationIntent } from '../../shared/domain/intents.ts';
import { type ConflictFields, type Resolution, resolveConflict } from '../../shared/domain/resolve-conflict.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { OperationRow, OperationTheirs } from '../db/schema.ts';

/** The decision about an operation whose base differs from the state of the server. */
export type ConflictDecision =
  /**
   * Nothing is left to send, or the operation was only meant for the case that nobody else changed
   * anything.
   */
  { readonly kind: 'done' } | { readonly kind: 'send'; readonly intent: OperationIntent } | { readonly kind: 'ask' };

/** An upload of the signed-in user that activated its version. */
export interface OwnUpload {
  readonly createdAt: string;
}

type Decidable = Pick<OperationRow, 'intent' | 'createdAt'>;

/**
 * Decides by the table of *Conflicts* in docs/sync.md. `ownUpload`: an upload of the same user from
 * this machine activated the version that is active now. Of two decisions of one user the later one
 * counts, and nobody is asked.
 */
export function decideConflict(
  { intent, createdAt }: Decidable,
  theirs: OperationTheirs,
  ownUpload: OwnUpload | null = null,
): ConflictDecision {
  if (intent.kind === 'activate' && intent.undoes !== null) return decideUndo(intent, theirs, ownUpload);
  if (ownUpload !== null && intent.kind === 'activate') {
    return ownUpload.createdAt > createdAt ? { kind: 'done' } : { kind: 'send', intent: rebased(intent, theirs) };
  }
  const resolution = resolve(intent, theirs);
  switch (resolution) {
    case 'done':
      return { kind: 'done' };
    case 'send':
      return { kind: 'send', intent: rebased(intent, theirs) };
    case 'ask':
      return isOnlyIfFree(intent) ? { kind: 'done' } : { kind: 'ask' };
    default:
      return assertNever(resolution);
  }
}

/**
 * What an undo takes back is no longer the newest activation, even if the same version is active
 * again. It never overrides what was chosen since then: the user decides, unless the later choice
 * is the user's own.
 */
function decideUndo(
  { versionUuid }: ActivateIntent,
  theirs: OperationTheirs,
  ownUpload: OwnUpload | null,
): ConflictDecision {
  const isWanted = theirs.kind === 'active' && theirs.activeUuid === versionUuid;
  return { kind: isWanted || ownUpload !== null ? 'done' : 'ask' };
}

const isOnlyIfFree = (intent: OperationIntent): boolean => intent.kind === 'activate' && intent.onConflict === 'drop';

function resolve(intent: OperationIntent, theirs: OperationTheirs): Resolution {
  if (intent.kind === 'activate' && theirs.kind === 'active') {
    return resolveConflict({
      base: { active: intent.expectedActiveUuid },
      mine: { active: intent.versionUuid },
      theirs: { active: theirs.activeUuid },
    });
  }
  if (intent.kind === 'edit' && theirs.kind === 'fields') {
    return resolveConflict({
      base: asFields(intent.base),
      mine: asFields(intent.fields),
      theirs: asFields(theirs.fields),
    });
  }
  throw new Error(`A conflict of ${theirs.kind} cannot come of ${intent.kind}`);
}

const asFields = ({ name, tags, description }: AvatarFields): ConflictFields => ({ name, tags, description });

/**
 * The same intent, based on the present state of the server. An undo becomes a choice, because what
 * it would have taken back is over.
 */
export function rebased(intent: OperationIntent, theirs: OperationTheirs): OperationIntent {
  if (intent.kind === 'activate' && theirs.kind === 'active') {
    const based = { ...intent, expectedActiveUuid: theirs.activeUuid };
    return intent.undoes === null ? based : { ...based, how: 'choice', undoes: null };
  }
  if (intent.kind === 'edit' && theirs.kind === 'fields') {
    return { ...intent, base: valuesOf(theirs.fields, intent.fields) };
  }
  throw new Error(`${intent.kind} cannot be based on ${theirs.kind}`);
}

/** The fields of the first argument that `meant` has. */
export function valuesOf({ name, tags, description }: AvatarFields, meant: AvatarFields): AvatarFields {
  return {
    ...(meant.name !== undefined && { name }),
    ...(meant.tags !== undefined && { tags }),
    ...(meant.description !== undefined && { description }),
  };
}
