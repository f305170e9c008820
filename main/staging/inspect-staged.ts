import type { Log } from '../../node/log.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import { fail } from '../../shared/lib/result.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import type { InspectAnswer } from '../files/inspection.ts';
import type { StagedEntry, StageProgress } from './staged-entry.ts';

export interface InspectionOptions {
  readonly fileWorkers: Pick<FileWorkers, 'inspect'>;
  readonly policy: GabPolicy;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Inspects a file in a worker, which also writes its picture. Null if it was stopped. */
export async function inspectStaged(
  { fileWorkers, policy, log, signal }: InspectionOptions,
  { file, picturePath }: StagedEntry,
): Promise<StageProgress | null> {
  const { fileName } = file;
  const task = { path: file.path ?? '', fileName, policy, thumbnailPath: picturePath };
  let inspected: InspectAnswer;
  try {
    inspected = await fileWorkers.inspect(task, signal);
  } catch (error) {
    if (signal.aborted) return null;
    // The file worker died. One bad file must not stop the others.
    log.error('Could not inspect a file', { fileName, error: String(error) });
    inspected = fail(fileFailure(error) ?? { code: 'inspection_failed' });
  }
  return inspected.ok
    ? { kind: 'inspected', inspection: inspected.value }
    : { kind: 'unreadable', failure: inspected.failure };
}
