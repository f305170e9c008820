import type { ApiFailureKind } from '../../node/api-client/api-failure.ts';
import { type FailureCode, isUnreached } from '../../shared/contract/failure.ts';
import type { TransferNeed, TransferState } from '../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { RUNNING_STATES } from '../db/transfer-states.ts';

/**
 * Enough transfers to use the bandwidth while one is being checked, few enough to see each of them
 * finish.
 */
export const MAX_TRANSFERS_AT_ONCE = 3;

export function isRunning(state: TransferState): boolean {
  return (RUNNING_STATES as readonly TransferState[]).includes(state);
}

/** Whether a person may retry it. Finished, waiting and running transfers have nothing to retry. */
export function canRetry(state: TransferState): boolean {
  return state === 'failed' || state === 'refused' || state === 'cancelled';
}

/**
 * Whether a person may still cancel it. While the server checks the file, it has all bytes and its
 * commit cannot be undone. A cancelled file could then appear in the library.
 */
export function canCancel(state: TransferState): boolean {
  return canPause(state) || state === 'paused';
}

/**
 * Whether a person may pause it. A file that is being checked cannot be paused, as it cannot be
 * cancelled.
 */
export function canPause(state: TransferState): boolean {
  return state === 'waiting' || state === 'sending' || state === 'receiving' || state === 'failed';
}

/**
 * The state of a stored transfer at start: running ones were cut off, and failed ones are tried
 * again.
 */
export function stateAfterRestart(state: TransferState): TransferState {
  return isRunning(state) || state === 'failed' ? 'waiting' : state;
}

/**
 * The state after an unsuccessful attempt. `failed` is retried automatically, `refused` only by a
 * person.
 */
export function stateAfterFailure(kind: ApiFailureKind): Extract<TransferState, 'waiting' | 'failed' | 'refused'> {
  switch (kind) {
    case 'network':
    case 'unavailable':
    // Something between here and the server responded in its place: a hotel's sign-in page, a
    // gateway.
    case 'contract':
      return 'failed';
    case 'refused':
    case 'bug':
      return 'refused';
    // It continues after signing in again, or at the next start.
    case 'unauthenticated':
    case 'cancelled':
      return 'waiting';
    default:
      return assertNever(kind);
  }
}

/** Conditions that stop the whole queue. */
export interface QueueGates {
  /** The sign-in is no longer valid. */
  readonly isSignedOut: boolean;
  /** The last attempt could not reach the server, and nothing has reached it since then. */
  readonly isOffline: boolean;
}

/**
 * What a transfer waits for. Null if it runs or has ended, or if its own failure gives the reason.
 */
export function needOf(state: TransferState, failureCode: FailureCode | null, gates: QueueGates): TransferNeed | null {
  if (state === 'failed') {
    return failureCode !== null && isUnreached(failureCode) && gates.isOffline ? 'network' : null;
  }
  if (state !== 'waiting') return null;
  if (gates.isSignedOut) return 'sign-in';
  return gates.isOffline ? 'network' : 'turn';
}

/** An upload that the server refused, with its project and the reason. */
export interface RefusedTransfer {
  readonly id: string;
  readonly projectUuid: string;
  readonly failure: { readonly code: FailureCode } | null;
}

/**
 * Of the uploads that did not fit a quota, the oldest one of each project: whether it fits now says
 * whether the next one is worth trying. `refused`: oldest first.
 */
export function pickUnfitting(refused: readonly RefusedTransfer[]): readonly string[] {
  const oldest = new Map<string, string>();
  for (const { id, projectUuid, failure } of refused) {
    if (failure?.code === 'quota_exceeded' && !oldest.has(projectUuid)) oldest.set(projectUuid, id);
  }
  return [...oldest.values()];
}

export interface QueuedTransfer {
  readonly id: string;
  readonly kind: 'upload' | 'download';
  readonly state: TransferState;
  readonly avatarUuid: AvatarUuid | null;
  readonly followsId: string | null;
}

/**
 * Picks the waiting transfers that may start now. `open`: all open ones, oldest first. Versions of
 * one avatar are sent one after the other, so that they are numbered in that order. A failed or
 * paused version holds back only the later versions of its avatar.
 */
export function pickNext(open: readonly QueuedTransfer[], limit: number): readonly string[] {
  let free = limit - open.filter((transfer) => isRunning(transfer.state)).length;
  const taken = new Set<string>();
  const next: string[] = [];
  for (const transfer of open) {
    const orderKey = orderKeyOf(transfer);
    if (transfer.state === 'waiting' && !taken.has(orderKey) && free > 0) {
      next.push(transfer.id);
      free -= 1;
    }
    taken.add(orderKey);
  }
  return next;
}

function orderKeyOf({ id, kind, avatarUuid, followsId }: QueuedTransfer): string {
  return kind === 'download' ? id : (avatarUuid ?? followsId ?? id);
}
