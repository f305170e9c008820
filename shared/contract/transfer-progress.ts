import type { TransferState, TransferView } from './transfers.ts';

// What the transfers screen and the progress on dock and taskbar both count, so that their numbers
// agree.

const UNDER_WAY = new Set<TransferState>(['waiting', 'sending', 'receiving', 'checking']);

type Waiting = Pick<TransferView, 'state' | 'waitsFor'>;
type Unfinished = Waiting & Pick<TransferView, 'failure'>;

export function isUnderWay({ state }: Pick<TransferView, 'state'>): boolean {
  return UNDER_WAY.has(state);
}

/**
 * Failing for lack of a connection is not a problem to show: the transfer is retried automatically.
 */
export function isWaitingForServer({ state, waitsFor }: Waiting): boolean {
  return state === 'failed' && waitsFor !== null;
}

/** Not finished: under way, about to be retried, or paused. */
export function isOnTheWay(transfer: Unfinished): boolean {
  const isPaused = transfer.state === 'paused' && transfer.failure === null;
  return isUnderWay(transfer) || isPaused || isWaitingForServer(transfer);
}

/** Stopped with a failure that somebody should look at. */
export function hasProblem(transfer: Unfinished): boolean {
  return transfer.failure !== null && transfer.state !== 'cancelled' && !isOnTheWay(transfer);
}

export interface TransferredShare {
  /** In bytes, like `totalBytes`. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/**
 * How much of all transfers that are done or on the way has been transferred. Refused, failed and
 * canceled ones add no bytes.
 */
export function transferredShare(transfers: readonly TransferView[]): TransferredShare {
  const counted = transfers.filter((transfer) => transfer.state === 'done' || isOnTheWay(transfer));
  return {
    doneBytes: sum(counted.map(({ doneBytes }) => doneBytes)),
    totalBytes: sum(counted.map(({ totalBytes }) => totalBytes)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
