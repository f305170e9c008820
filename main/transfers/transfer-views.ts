import type { TransferView } from '../../shared/contract/transfers.ts';
import type { TransferRow } from '../db/schema.ts';
import { canRetry, isRunning } from './transfer-rules.ts';

export interface LiveProgress {
  readonly doneBytes: number;
  readonly bytesPerSecond: number;
}

/** A transfer as the tray shows it. `live` exists only while it runs. */
export function transferViewFrom(row: TransferRow, live: LiveProgress | null): TransferView {
  const { id, kind, projectUuid, fileName, avatarName, state, totalBytes, savedPath, failure, createdAt } = row;
  const isDone = state === 'done';
  return {
    id,
    kind,
    projectUuid,
    fileName,
    avatarName,
    state,
    totalBytes,
    doneBytes: isDone ? totalBytes : Math.min(live?.doneBytes ?? 0, totalBytes),
    bytesPerSecond: isRunning(state) ? (live?.bytesPerSecond ?? 0) : 0,
    avatarUuid: row.avatarUuid,
    version: row.version,
    activation: row.activation,
    savedPath,
    failure,
    canRetry: canRetry(state),
    createdAt,
  };
}
