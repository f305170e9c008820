import { createFileWorkers, type FileWorkers } from '../../main/files/file-workers.ts';

/**
 * The desktop's own file workers. The caller closes them. An error that belongs to no task ends the
 * test run.
 */
export function realFileWorkers(): FileWorkers {
  return createFileWorkers(new URL('../../main/files/file-worker.ts', import.meta.url), (error) => {
    throw error;
  });
}
