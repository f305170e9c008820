import type { TransferView } from '../../../shared/contract/transfers.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';

/** Why a transfer does not progress right now; null if it does or is only queued. */
export function waitReason({ waitsFor }: Pick<TransferView, 'waitsFor'>): string | null {
  switch (waitsFor) {
    case 'sign-in':
      return transferProgressTexts.signInNeeded;
    case 'network':
      return transferProgressTexts.noConnection;
    case 'turn':
    case null:
      return null;
    default:
      return assertNever(waitsFor, 'transfer need');
  }
}

type Moving = Pick<TransferView, 'doneBytes' | 'totalBytes' | 'bytesPerSecond'>;

/** "12 s left", "3 min left", at the speed of the last seconds; null while nothing moves. */
export function describeTimeLeft({ doneBytes, totalBytes, bytesPerSecond }: Moving): string | null {
  const leftBytes = totalBytes - doneBytes;
  if (bytesPerSecond <= 0 || leftBytes <= 0) return null;
  const leftMs = (SECOND_MS * leftBytes) / bytesPerSecond;
  if (leftMs < MINUTE_MS) return transferProgressTexts.secondsLeft(Math.ceil(leftMs / SECOND_MS));
  if (leftMs < HOUR_MS) return transferProgressTexts.minutesLeft(Math.ceil(leftMs / MINUTE_MS));
  return transferProgressTexts.hoursLeft(Math.ceil(leftMs / HOUR_MS));
}

type UploadedBytes = Pick<TransferView, 'kind' | 'state' | 'totalBytes' | 'sentBytes' | 'streamBytes'>;

/**
 * "1.4 MB of 48.0 MB uploaded": how much of an upload's file had to be sent. Null for downloads,
 * and as long as the server has not said what it lacks and nothing has been sent.
 */
export function describeSent(transfer: UploadedBytes): string | null {
  const { kind, state, totalBytes, sentBytes, streamBytes } = transfer;
  if (kind !== 'upload') return null;
  if (state === 'done') return describeAllSent(totalBytes, sentBytes);
  if (sentBytes === 0 && streamBytes === null) return null;
  return transferProgressTexts.uploaded(formatBytes(sentBytes), formatBytes(totalBytes));
}

function describeAllSent(totalBytes: number, sentBytes: number): string {
  if (sentBytes === 0) return transferProgressTexts.nothingUploaded;
  const savedBytes = Math.max(0, totalBytes - sentBytes);
  const sent = formatBytes(sentBytes);
  const total = formatBytes(totalBytes);
  return savedBytes === 0
    ? transferProgressTexts.uploaded(sent, total)
    : transferProgressTexts.uploadedInPart(sent, total, formatBytes(savedBytes));
}

/** How much less than the whole file is sent; null if all of it is, or if that is not clear yet. */
export function describeSaving({ kind, totalBytes, streamBytes }: UploadedBytes): string | null {
  if (kind !== 'upload' || streamBytes === null || streamBytes >= totalBytes) return null;
  return transferProgressTexts.onlyToUpload(formatBytes(streamBytes));
}
