import { createFileWorkers, type FileWorkers } from '../../main/files/file-workers.ts';

/** The desktop's own threads for files. Who opens it closes it; a fault that no piece of work can be told ends the test run. */
export function realFileWorkers(): FileWorkers {
  return createFileWorkers(new URL('../../main/files/file-worker.ts', import.meta.url), (error) => {
    throw error;
  });
}
