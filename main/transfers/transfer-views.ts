import type { TransferView } from '../../shared/contract/transfers.ts';
import type { TransferRow } from '../db/schema.ts';
import type { RunningProgress, TransferredBytes } from './running-transfer.ts';
import { canPause, canRetry, isRunning, needOf, type QueueGates } from './transfer-rules.ts';

export interface TransferContext extends QueueGates {
  /** The upload that creates the avatar of this one; null if there is none. */
  readonly leader: Pick<TransferRow, 'fileName' | 'state'> | null;
}

/** A transfer as the tray shows it. `running`: null while it does not run. */
export function transferViewFrom(
  row: TransferRow,
  running: RunningProgress | null,
  { leader, ...gates }: TransferContext,
): TransferView {
  const { id, kind, projectUuid, fileName, avatarName, state, totalBytes, savedPath, failure, createdAt } = row;
  const transferred = running ?? transferredBytesOf(row);
  const isUpload = kind === 'upload';
  return {
    id,
    kind,
    projectUuid,
    fileName,
    avatarName,
    state,
    totalBytes,
    doneBytes: state === 'done' ? totalBytes : Math.min(transferred.doneBytes, totalBytes),
    bytesPerSecond: isRunning(state) ? (running?.bytesPerSecond ?? 0) : 0,
    sentBytes: isUpload ? transferred.sentBytes : 0,
    streamBytes: isUpload ? transferred.streamBytes : null,
    waitsFor: needOf(state, failure?.code ?? null, gates),
    versionUuid: row.versionUuid,
    version: row.version,
    activation: row.activation,
    follows: leader && { fileName: leader.fileName, state: leader.state },
    savedPath,
    failure,
    canRetry: canRetry(state),
    canPause: canPause(state),
    createdAt,
  };
}

/** The progress of the last attempt, as stored in the row. */
function transferredBytesOf({ doneBytes, sentBytes, streamBytes }: TransferRow): TransferredBytes {
  return { doneBytes, sentBytes, streamBytes };
}
