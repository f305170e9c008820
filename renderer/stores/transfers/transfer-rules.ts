import {
  hasProblem,
  isOnTheWay,
  isUnderWay,
  type TransferredShare,
  transferredShare,
} from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { explainFailure } from '../failures/explain-failure.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';

/**
 * A failed transfer can be canceled too, because it would be retried. A check cannot be stopped.
 */
export function canCancel({ state }: TransferView): boolean {
  return ['waiting', 'sending', 'receiving', 'failed', 'paused'].includes(state);
}

/** The one thing that all transfers wait for; null if there is none or it is only their turn. */
function commonNeed(transfers: readonly TransferView[]): TransferView['waitsFor'] {
  const needs = new Set(transfers.filter((transfer) => transfer.state !== 'paused').map(({ waitsFor }) => waitsFor));
  const [need = null] = needs;
  return needs.size === 1 && need !== 'turn' ? need : null;
}

export interface TransferSummary extends TransferredShare {
  readonly headline: string;
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

/** Summarizes the transfers (newest first). Refused, failed and canceled ones add no bytes. */
export function summarizeTransfers(transfers: readonly TransferView[]): TransferSummary {
  const open = transfers.filter(isOnTheWay);
  return {
    headline: headlineOf(transfers),
    ...transferredShare(transfers),
    bytesPerSecond: transfers.reduce((total, transfer) => total + transfer.bytesPerSecond, 0),
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
  return endedSince(before, after).map(describeEnd).join('. ');
}

function endedSince(before: readonly TransferView[], after: readonly TransferView[]): readonly TransferView[] {
  const wasUnderWay = new Set(before.filter(isUnderWay).map(({ id }) => id));
  return after.filter((transfer) => wasUnderWay.has(transfer.id) && !isOnTheWay(transfer));
}

export type SavedDownload = TransferView & { readonly savedPath: string };

/** Of these downloads those that are saved. */
export function savedAmong(transfers: readonly TransferView[], ids: ReadonlySet<string>): readonly SavedDownload[] {
  return transfers.filter(
    (transfer): transfer is SavedDownload =>
      ids.has(transfer.id) && transfer.state === 'done' && transfer.savedPath !== null,
  );
}

/** "Saved mara.gab to Downloads", "Saved 3 files to Downloads". Paths are those of any system. */
export function describeSaved(saved: readonly SavedDownload[]): string {
  const [first] = saved;
  const [name = '', folder = ''] = first?.savedPath.split(/[\\/]/u).toReversed() ?? [];
  return saved.length === 1
    ? transferProgressTexts.savedTo(name, folder)
    : transferProgressTexts.severalSavedTo(saved.length, folder);
}

/** The uploads that have made their version live since `before`. */
export function activatedSince(
  before: readonly TransferView[],
  after: readonly TransferView[],
): readonly TransferView[] {
  return endedSince(before, after).filter(({ state, activation }) => state === 'done' && activation === 'activated');
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
