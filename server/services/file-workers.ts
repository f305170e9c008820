import type { Logger } from 'pino';
import { Piscina } from 'piscina';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { Assembler } from './upload-sessions/assembler.ts';
import type { BundleInspector } from './uploads/bundle-inspector.ts';

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
  const pool = new Piscina({
    filename: new URL('./file-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_LIMIT_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB, maxYoungGenerationSizeMb: 16 },
  });
  // Without a listener it would end the server, and what ran out of time may still answer.
  pool.on('error', (error: Error) => log.warn({ err: error }, 'a thread for files reported something'));
  const run = (name: string, task: unknown) => pool.run(task, { name, signal: AbortSignal.timeout(WORK_LIMIT_MS) });
  return {
    inspector: { inspect: (task) => run('inspect', task) },
    assembler: {
      rebuild: (task) => run('rebuild', task),
      chunk: (task) => run('chunk', task),
      measure: (task) => run('measure', task),
      describe: (task) => run('describe', task),
    },
    close: () => pool.destroy(),
  };
}
