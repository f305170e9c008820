import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

export interface WorkerPoolOptions {
  /** The module whose exported functions the threads run. */
  readonly workerUrl: URL;
  /** Threads that stay warm. */
  readonly minThreads: number;
  readonly maxThreads: number;
  /**
   * A thread beyond `minThreads` that had nothing to do this long, in milliseconds, gives its
   * memory back.
   */
  readonly idleTimeoutMs: number;
  /**
   * A thread whose heap grows beyond this many MiB is ended, and its task rejects. Absent: Node's
   * own limit.
   */
  readonly maxHeapMib?: number;
  /** Something went wrong in a thread that belongs to no task. */
  readonly onFault: (error: Error) => void;
}

export interface WorkerPool {
  /**
   * Runs an exported function of the worker module. Rejects with its error, if `signal` stops it,
   * or if its thread dies.
   */
  run<Answer>(name: string, task: unknown, signal?: AbortSignal): Promise<Answer>;
  /** Ends all threads; what still runs rejects. */
  close(): Promise<void>;
}

/** MiB of a thread's heap for what has just been made. */
const YOUNG_HEAP_MIB = 16;

/**
 * Threads for work that would hold up the one that answers the screen, or the network. They start
 * when they are needed.
 */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { maxHeapMib } = options;
  const pool = new Piscina({
    filename: fileURLToPath(options.workerUrl),
    minThreads: options.minThreads,
    maxThreads: options.maxThreads,
    idleTimeout: options.idleTimeoutMs,
    ...(maxHeapMib !== undefined && {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMib, maxYoungGenerationSizeMb: YOUNG_HEAP_MIB },
    }),
  });
  // Without a listener an error would end the process, and what was stopped may still answer.
  pool.on('error', options.onFault);
  return {
    run: (name, task, signal) => pool.run(task, { name, ...(signal && { signal }) }),
    close: () => pool.destroy(),
  };
}
