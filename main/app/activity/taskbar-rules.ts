import type { ProgressBarOptions } from 'electron';
import type { OperationView } from '../../../shared/contract/operations.ts';
import { hasProblem, isOnTheWay, transferredShare } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { isParked } from './notable-events.ts';

/** As `BrowserWindow.setProgressBar` takes it. Only Windows shows the mode. */
export interface TaskbarProgress {
  /** 0 to 1 in steps of 0.01; `INDETERMINATE`, or `NO_PROGRESS`. */
  readonly value: number;
  readonly mode: NonNullable<ProgressBarOptions['mode']>;
}

const NO_PROGRESS = -1;
/** Electron takes any value above 1 for it. */
const INDETERMINATE = 2;
/**
 * Smaller steps would not be seen on a bar as wide as an icon, and each of them is a message to the
 * system.
 */
const STEPS = 100;

/** The same share as in the line above the transfers; nothing once all have ended. */
export function taskbarProgress(transfers: readonly TransferView[], platform: NodeJS.Platform): TaskbarProgress {
  const open = transfers.filter((transfer) => isOnTheWay(transfer));
  if (open.length === 0) return { value: NO_PROGRESS, mode: 'none' };
  const { doneBytes, totalBytes } = transferredShare(transfers);
  const value = totalBytes > 0 ? Math.floor((doneBytes / totalBytes) * STEPS) / STEPS : 0;
  if (hasRecentProblem(transfers, open)) return { value, mode: 'error' };
  if (open.every((transfer) => transfer.state === 'paused' || isHeldUp(transfer))) return { value, mode: 'paused' };
  const isIndeterminate = open.every(({ state }) => state === 'checking') && platform !== 'linux';
  return isIndeterminate ? { value: INDETERMINATE, mode: 'indeterminate' } : { value, mode: 'normal' };
}

/** A problem that was there before these transfers were requested says nothing about them. */
function hasRecentProblem(transfers: readonly TransferView[], open: readonly TransferView[]): boolean {
  const oldestMs = Math.min(...open.map(({ createdAt }) => Date.parse(createdAt)));
  return transfers.some((transfer) => hasProblem(transfer) && Date.parse(transfer.createdAt) >= oldestMs);
}

/** Until there is a network, or somebody has signed in: nobody knows when. */
export function isHeldUp({ waitsFor }: Pick<TransferView, 'waitsFor'>): boolean {
  return waitsFor === 'network' || waitsFor === 'sign-in';
}

/** How much needs somebody's attention: stopped transfers and parked operations. */
export function badgeCount(transfers: readonly TransferView[], operations: readonly OperationView[]): number {
  return transfers.filter((transfer) => hasProblem(transfer)).length + operations.filter(isParked).length;
}
