import type { ApplicationFailureCode } from '../../shared/contract/failure.ts';
import type { TransferNeed, TransferState } from '../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { RUNNING_STATES } from '../db/transfer-states.ts';
import type { ApiFailureKind } from '../failures/api-failure.ts';

/** How many files travel at once: enough to fill a orderKey while one is being checked, few enough to see each finish. */
export const MAX_TRANSFERS_AT_ONCE = 3;

export function isRunning(state: TransferState): boolean {
  return (RUNNING_STATES as readonly TransferState[]).includes(state);
}

/** Whether "try again" means something: what is done needs no repetition, what is on its way gets none. */
export function canRetry(state: TransferState): boolean {
  return state === 'failed' || state === 'refused' || state === 'cancelled';
}

/**
 * Whether a person may still stop it. While the server checks, all bytes are there and the commit cannot be taken back:
 * the answer is waited for, so that nothing appears that was called cancelled.
 */
export function canCancel(state: TransferState): boolean {
  return canPause(state) || state === 'paused';
}

/** Whether a person may hold it. What is being checked ends by itself, as with cancelling. */
export function canPause(state: TransferState): boolean {
  return state === 'waiting' || state === 'sending' || state === 'receiving' || state === 'failed';
}

/** The state of a row that was found at start: whatever ran was cut off, and failures get a fresh chance. */
export function stateAfterRestart(state: TransferState): TransferState {
  return isRunning(state) || state === 'failed' ? 'waiting' : state;
}

/** Where an attempt without success leads. `failed` is tried again by itself, `refused` only by hand. */
export function stateAfterFailure(kind: ApiFailureKind): Extract<TransferState, 'waiting' | 'failed' | 'refused'> {
  switch (kind) {
    case 'network':
    case 'unavailable':
    // Something between here and the server answered in its place: a hotel's sign-in page, a gateway.
    case 'contract':
      return 'failed';
    case 'refused':
      return 'refused';
    // It goes on after signing in again, or at the next start.
    case 'unauthenticated':
    case 'cancelled':
      return 'waiting';
    default:
      return assertNever(kind);
  }
}

/** What holds the whole queue. */
export interface QueueGates {
  /** The sign-in is worth nothing any more. */
  readonly isSignedOut: boolean;
  /** The last attempt found no server, and it is not known to be back. */
  readonly isOffline: boolean;
}

const OFFLINE_CODE: ApplicationFailureCode = 'offline';

/** Why something does not move just now; null: it does, it is over, or its own failure says why. */
export function needOf(state: TransferState, failureCode: string | null, gates: QueueGates): TransferNeed | null {
  if (state === 'failed') return failureCode === OFFLINE_CODE && gates.isOffline ? 'network' : null;
  if (state !== 'waiting') return null;
  if (gates.isSignedOut) return 'sign-in';
  return gates.isOffline ? 'network' : 'turn';
}

export interface QueuedTransfer {
  readonly id: string;
  readonly kind: 'upload' | 'download';
  readonly state: TransferState;
  readonly avatarUuid: AvatarUuid | null;
  readonly followsId: string | null;
}

/**
 * Which waiting transfers may start now, from all open ones in the order in which they were asked for. Versions of one avatar
 * go one after the other, so that their numbers are in that order, too; a failed or paused one holds back its successors, and
 * nothing else.
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
