import type { Logger } from 'pino';
import { createWorkerPool } from '../../node/worker-pool.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { Assembler } from './upload-sessions/assemble-tasks.ts';
import type { BundleInspector } from './uploads/upload-inspection.ts';

/** Two files at a time: hashing and inspecting are CPU work, and each may hold tens of MiB. */
const MAX_THREADS = 2;
/** An idle second thread gives its memory back; the first stays warm. */
const IDLE_LIMIT_MS = MINUTE_MS;
/** Any work on a file within the limits takes well under a second. */
const WORK_LIMIT_MS = MINUTE_MS;
/** Threat: a bundle made to exhaust memory ends its thread, not the server. */
const MAX_HEAP_MIB = 192;

/** The threads that read whole files, away from the one that answers requests. */
export interface FileWorkers {
  readonly inspector: BundleInspector;
  readonly assembler: Assembler;
  close(): Promise<void>;
}

export function startFileWorkers(log: Pick<Logger, 'warn'>): FileWorkers {
  const pool = createWorkerPool({
    workerUrl: new URL('./file-worker.ts', import.meta.url),
    minThreads: 1,
    maxThreads: MAX_THREADS,
    idleTimeoutMs: IDLE_LIMIT_MS,
    maxHeapMib: MAX_HEAP_MIB,
    onFault: (error) => log.warn({ err: error }, 'a thread for files reported something'),
  });
  const run = <Answer>(name: string, task: unknown) => pool.run<Answer>(name, task, AbortSignal.timeout(WORK_LIMIT_MS));
  return {
    inspector: { inspect: (task) => run('inspect', task) },
    assembler: {
      rebuild: (task) => run('rebuild', task),
      chunk: (task) => run('chunk', task),
      measure: (task) => run('measure', task),
      describe: (task) => run('describe', task),
    },
    close: () => pool.close(),
  };
}
