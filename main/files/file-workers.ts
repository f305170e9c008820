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

/** Files are read and hashed here, away from the thread that answers the screen. */
export interface FileWorkers {
  /** Rejects if `signal` stops it, or if the worker dies. */
  inspect(task: InspectTask, signal: AbortSignal): Promise<InspectAnswer>;
  /** Copies a file and says what was copied, so that what is sent later is what was looked at. */
  copy(task: CopyTask): Promise<CopyAnswer>;
  /** Writes a bundle anew with another thumbnail. */
  rewriteThumbnail(task: RewriteTask): Promise<RewriteAnswer>;
  /** Reads a file completely and says what it is. */
  measure(task: MeasureTask): Promise<CopyAnswer>;
  /** Says what a file is made of, without reading what its manifest vouches for. */
  describe(task: MeasureTask): Promise<DescribeAnswer>;
  /** Cuts parts of a file into chunks. */
  chunk(task: ChunkTask): Promise<ChunkAnswer>;
  close(): Promise<void>;
}

/** More would only make the disk seek; one is kept for the main thread. */
const MAX_WORKERS = Math.max(1, Math.min(3, availableParallelism() - 1));
/** A worker that had nothing to do this long, in milliseconds, gives its memory back. */
const IDLE_TIMEOUT_MS = 30_000;

/** `onFault`: something went wrong in a thread that no piece of work could be told. */
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
