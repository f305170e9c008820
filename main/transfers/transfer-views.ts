import type { TransferView } from '../../shared/contract/transfers.ts';
import type { TransferRow } from '../db/schema.ts';
import type { Moved } from './moved.ts';
import { canPause, canRetry, isRunning, needOf, type QueueGates } from './transfer-rules.ts';

/** What is known of a transfer only while it runs. */
export interface LiveProgress extends Moved {
  readonly bytesPerSecond: number;
}

/** A transfer as the tray shows it. `live`: null while it does not run. */
export function transferViewFrom(row: TransferRow, live: LiveProgress | null, gates: QueueGates): TransferView {
  const { id, kind, projectUuid, fileName, avatarName, state, totalBytes, savedPath, failure, createdAt } = row;
  const moved = live ?? movedOf(row);
  const isUpload = kind === 'upload';
  return {
    id,
    kind,
    projectUuid,
    fileName,
    avatarName,
    state,
    totalBytes,
    doneBytes: state === 'done' ? totalBytes : Math.min(moved.doneBytes, totalBytes),
    bytesPerSecond: isRunning(state) ? (live?.bytesPerSecond ?? 0) : 0,
    sentBytes: isUpload ? moved.sentBytes : 0,
    streamBytes: isUpload ? moved.streamBytes : null,
    waitsFor: needOf(state, failure?.code ?? null, gates),
    versionUuid: row.versionUuid,
    version: row.version,
    activation: row.activation,
    savedPath,
    failure,
    canRetry: canRetry(state),
    canPause: canPause(state),
    createdAt,
  };
}

/** What the row remembers of its last attempt. */
function movedOf({ doneBytes, sentBytes, streamBytes }: TransferRow): Moved {
  return { doneBytes, sentBytes, streamBytes };
}
