import type { TransferNeed, TransferView } from '../../shared/contract/transfers.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';

const needs: Readonly<Record<TransferNeed, string>> = {
  'sign-in': 'waits for your sign-in',
  network: 'waits for the network',
  turn: 'waits for its turn',
};

/** Why it does not move just now, or null. */
export function waitReason({ waitsFor }: Pick<TransferView, 'waitsFor'>): string | null {
  return waitsFor === null ? null : needs[waitsFor];
}

type Sent = Pick<TransferView, 'kind' | 'state' | 'totalBytes' | 'sentBytes' | 'streamBytes'>;

/**
 * "1.4 MB of 48.0 MB sent": how much of an upload's file had to travel. Before the server has said what it lacks, and where nothing
 * has gone yet, there is nothing to say: null.
 */
export function describeSent(transfer: Sent): string | null {
  const { kind, state, totalBytes, sentBytes, streamBytes } = transfer;
  if (kind !== 'upload') return null;
  if (state === 'done') return afterTheEnd(totalBytes, sentBytes);
  if (sentBytes === 0 && streamBytes === null) return null;
  return `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)} sent`;
}

function afterTheEnd(totalBytes: number, sentBytes: number): string {
  const savedBytes = Math.max(0, totalBytes - sentBytes);
  if (sentBytes === 0) return `nothing to send, ${formatBytes(savedBytes)} saved`;
  const sent = `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)} sent`;
  return savedBytes === 0 ? sent : `${sent}, ${formatBytes(savedBytes)} saved`;
}

/** While it travels: how much less than the whole file has to; null: all of it, or it is not known yet. */
export function describeSaving({ kind, totalBytes, streamBytes }: Sent): string | null {
  if (kind !== 'upload' || streamBytes === null || streamBytes >= totalBytes) return null;
  return `only ${formatBytes(streamBytes)} to send`;
}
