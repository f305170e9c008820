import { createInspector, type Inspector } from '../../main/files/inspector.ts';

/** The desktop's own threads for files. Who opens it closes it; a fault that no piece of work can be told ends the test run. */
export function realInspector(): Inspector {
  return createInspector(new URL('../../main/files/inspect-worker.ts', import.meta.url), (error) => {
    throw error;
  });
}
