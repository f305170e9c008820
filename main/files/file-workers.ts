import { availableParallelism } from 'node:os';
import { createWorkerPool } from '../../node/worker-pool.ts';
import type {
  ChunkAnswer,
  ChunkTask,
  CopyAnswer,
  CopyTask,
  DescribeAnswer,
  InspectAnswer,
  InspectTask,
  MeasureTask,
  RewriteAnswer,
  RewriteTask,
} from './inspection.ts';

/** Reads and hashes files in worker threads, so that the main thread stays responsive. */
export interface FileWorkers {
  /** Rejects if `signal` aborts it or the worker dies. */
  inspect(task: InspectTask, signal: AbortSignal): Promise<InspectAnswer>;
  /**
   * Copies a file and returns what was copied, so that exactly the inspected bytes are sent later.
   */
  copy(task: CopyTask): Promise<CopyAnswer>;
  /** Writes a copy of a bundle with another thumbnail. */
  rewriteThumbnail(task: RewriteTask): Promise<RewriteAnswer>;
  /** Reads a whole file and returns its size and hash. */
  measure(task: MeasureTask): Promise<CopyAnswer>;
  /** Returns what a file consists of. Entries whose hashes are in the manifest are not read. */
  describe(task: MeasureTask): Promise<DescribeAnswer>;
  /** Cuts parts of a file into chunks. */
  chunk(task: ChunkTask): Promise<ChunkAnswer>;
  close(): Promise<void>;
}

/** More threads would only make the disk seek; one core is left for the main thread. */
const MAX_WORKERS = Math.max(1, Math.min(3, availableParallelism() - 1));
/** Idle workers end after this many milliseconds to free their memory. */
const IDLE_TIMEOUT_MS = 30_000;

/** `onFault` is called for errors in a worker that belong to no task. */
export function createFileWorkers(workerUrl: URL, onFault: (error: Error) => void): FileWorkers {
  const pool = createWorkerPool({
    workerUrl,
    minThreads: 0,
    maxThreads: MAX_WORKERS,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    onFault,
  });
  return {
    inspect: (task, signal) => pool.run('inspect', task, signal),
    copy: (task) => pool.run('copy', task),
    rewriteThumbnail: (task) => pool.run('rewriteThumbnail', task),
    measure: (task) => pool.run('measure', task),
    describe: (task) => pool.run('describe', task),
    chunk: (task) => pool.run('chunk', task),
    close: () => pool.close(),
  };
}
