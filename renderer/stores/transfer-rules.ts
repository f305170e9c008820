import type { TransferView } from '../../shared/contract/transfers.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { explainFailure } from './failures/explain-failure.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';

const UNDER_WAY = new Set<TransferView['state']>(['waiting', 'sending', 'receiving', 'checking']);

/**
 * A failed transfer can be canceled too, because it would be retried. A check cannot be stopped.
 */
export function canCancel({ state }: TransferView): boolean {
  return ['waiting', 'sending', 'receiving', 'failed', 'paused'].includes(state);
}

export function isUnderWay(transfer: TransferView): boolean {
  return UNDER_WAY.has(transfer.state);
}

/**
 * Failing for lack of a connection is not a problem to show: the transfer is retried automatically.
 */
export function isWaitingForServer({ state, waitsFor }: Pick<TransferView, 'state' | 'waitsFor'>): boolean {
  return state === 'failed' && waitsFor !== null;
}

/** Not finished: under way, about to be retried, or paused. */
export function isOnTheWay(transfer: TransferView): boolean {
  const isPaused = transfer.state === 'paused' && transfer.failure === null;
  return isUnderWay(transfer) || isPaused || isWaitingForServer(transfer);
}

/** The one thing that all transfers wait for; null if there is none or it is only their turn. */
function commonNeed(transfers: readonly TransferView[]): TransferView['waitsFor'] {
  const needs = new Set(transfers.filter((transfer) => transfer.state !== 'paused').map(({ waitsFor }) => waitsFor));
  const [need = null] = needs;
  return needs.size === 1 && need !== 'turn' ? need : null;
}

export interface TransferSummary {
  readonly headline: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly isMoving: boolean;
  /** What all unfinished transfers wait for; null if they do not wait or not for the same thing. */
  readonly waitsFor: TransferView['waitsFor'];
  /** The latest transfer that stopped with a failure. */
  readonly problem: TransferView | null;
}

function describeDone(transfers: readonly TransferView[], kind: TransferView['kind']): string | null {
  const counted = transfers.filter((transfer) => transfer.kind === kind && transfer.state !== 'cancelled');
  if (counted.length === 0) return null;
  const doneCount = counted.filter(({ state }) => state === 'done').length;
  return kind === 'upload'
    ? transferProgressTexts.uploads(doneCount, counted.length)
    : transferProgressTexts.downloads(doneCount, counted.length);
}

function headlineOf(transfers: readonly TransferView[]): string {
  const parts = [describeDone(transfers, 'upload'), describeDone(transfers, 'download')].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : transferProgressTexts.noTransfers;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

function hasProblem(transfer: TransferView): boolean {
  return transfer.failure !== null && transfer.state !== 'cancelled' && !isOnTheWay(transfer);
}

/** Summarizes the transfers (newest first). Refused, failed and canceled ones add no bytes. */
export function summarizeTransfers(transfers: readonly TransferView[]): TransferSummary {
  const open = transfers.filter(isOnTheWay);
  const counted = [...open, ...transfers.filter(({ state }) => state === 'done')];
  return {
    headline: headlineOf(transfers),
    doneBytes: sum(counted.map((transfer) => transfer.doneBytes)),
    totalBytes: sum(counted.map((transfer) => transfer.totalBytes)),
    bytesPerSecond: sum(transfers.map((transfer) => transfer.bytesPerSecond)),
    isMoving: open.length > 0,
    waitsFor: commonNeed(open),
    problem: transfers.find(hasProblem) ?? null,
  };
}

/** "31.0 kB of 48.0 MB": each number with its own unit. */
export function describeBytes(doneBytes: number, totalBytes: number): string {
  return transferProgressTexts.share(formatBytes(doneBytes), formatBytes(totalBytes));
}

/** The announcement for screen readers between two lists of transfers: which ones have finished. */
export function describeFinished(before: readonly TransferView[], after: readonly TransferView[]): string {
  const wasUnderWay = new Set(before.filter(isUnderWay).map((transfer) => transfer.id));
  const finished = after.filter((transfer) => wasUnderWay.has(transfer.id) && !isOnTheWay(transfer));
  return finished.map(describeEnd).join('. ');
}

function describeEnd(transfer: TransferView): string {
  const { state, kind, activation, avatarName, fileName, failure } = transfer;
  if (state === 'done' && kind === 'download') return transferProgressTexts.downloaded(fileName);
  if (state === 'done') {
    return activation === 'activated'
      ? transferProgressTexts.onServerAndLive(avatarName)
      : transferProgressTexts.onServer(avatarName);
  }
  const end = describeStop(transfer);
  return failure ? `${end}: ${explainFailure(failure).title}` : end;
}

function describeStop({ state, fileName }: TransferView): string {
  if (state === 'refused') return transferProgressTexts.refused(fileName);
  return state === 'cancelled' ? transferProgressTexts.canceled(fileName) : transferProgressTexts.failed(fileName);
}
