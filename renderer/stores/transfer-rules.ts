import type { TransferView } from '../../shared/contract/transfers.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';

const MOVING = new Set<TransferView['state']>(['waiting', 'sending', 'receiving', 'checking']);

/** What is under way can be stopped, and so can what failed: it would be tried again by itself. A check cannot be taken back. */
export function canCancel({ state }: TransferView): boolean {
  return ['waiting', 'sending', 'receiving', 'failed', 'paused'].includes(state);
}

export function isUnderWay(transfer: TransferView): boolean {
  return MOVING.has(transfer.state);
}

/** Without a server it fails again and again by itself: that is waiting, and nothing that a person must look at. */
export function isWaitingForServer({ state, waitsFor }: Pick<TransferView, 'state' | 'waitsFor'>): boolean {
  return state === 'failed' && waitsFor !== null;
}

/** Not over: it moves, will move by itself, or is held by a person. */
export function isOnTheWay(transfer: TransferView): boolean {
  return isUnderWay(transfer) || transfer.state === 'paused' || isWaitingForServer(transfer);
}

/** What all of them wait for, if it is one thing and not just their turn; null: something moves. */
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
  /** What everything that is not over waits for; null: nothing, or not all for the same. */
  readonly waitsFor: TransferView['waitsFor'];
  /** The latest transfer that stopped with a reason. */
  readonly problem: TransferView | null;
}

function headlineOf(transfers: readonly TransferView[]): string {
  const parts: string[] = [];
  for (const [kind, word] of [
    ['upload', 'Uploads'],
    ['download', 'Downloads'],
  ] as const) {
    const ofKind = transfers.filter((transfer) => transfer.kind === kind && transfer.state !== 'cancelled');
    const done = ofKind.filter((transfer) => transfer.state === 'done').length;
    if (ofKind.length > 0) parts.push(`${word} ${done} of ${ofKind.length}`);
  }
  return parts.length > 0 ? parts.join(', ') : 'No transfers';
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

function hasProblem(transfer: TransferView): boolean {
  return transfer.failure !== null && transfer.state !== 'cancelled' && !isOnTheWay(transfer);
}

/** One line for all transfers that are not cleared (newest first). Refused, failed and cancelled ones add no bytes. */
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

/** "31 of 48.0 MB" would mix units; both numbers carry theirs. */
export function describeBytes(doneBytes: number, totalBytes: number): string {
  return `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
}

/** What to tell a screen reader between two lists of transfers: only what ended. */
export function describeFinished(before: readonly TransferView[], after: readonly TransferView[]): string {
  const wasMoving = new Set(before.filter(isUnderWay).map((transfer) => transfer.id));
  const ended = after.filter((transfer) => wasMoving.has(transfer.id) && !isOnTheWay(transfer));
  return ended.map(describeEnd).join('. ');
}

function describeEnd(transfer: TransferView): string {
  if (transfer.state === 'done' && transfer.kind === 'download') return `${transfer.fileName} is saved`;
  if (transfer.state === 'done') {
    return `${transfer.avatarName} is on the server${transfer.activation === 'activated' ? ' and live' : ''}`;
  }
  return `${transfer.fileName} ${transfer.state}${transfer.failure ? `: ${transfer.failure.title}` : ''}`;
}
