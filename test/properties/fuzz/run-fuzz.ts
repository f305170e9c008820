import { Worker } from 'node:worker_threads';

export interface FuzzFailure {
  readonly number: number;
  readonly what: string;
}

export interface BatchResult {
  examined: number;
  /** Numbers of the mutants that the reader accepts as valid bundles. */
  accepted: number[];
  failures: FuzzFailure[];
  codes: Record<string, number>;
  /** The number of mutants of each kind, and how many of them were accepted. */
  kinds: Record<string, number>;
  /** CPU time of the slowest reading, in milliseconds. */
  slowestMs: number;
}

export interface WorkerSettings {
  readonly seed: number;
  /** Contains one number: the mutant that the worker examines. */
  readonly progress: Int32Array;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly mutants: number;
  readonly workers: number;
  readonly onProgress?: (examined: number) => void;
}

const BATCH = 50;
/**
 * A mutant takes milliseconds. A thread that examines the same one for this long is hanging, even
 * on a slow machine.
 */
const HANG_MS = 20_000;
const WATCH_INTERVAL_MS = 500;
/**
 * Limit of a worker's JavaScript memory in MiB: a reader that leaks memory crashes the thread and
 * is reported.
 */
const WORKER_HEAP_MIB = 256;

/**
 * Examines mutants 0 to `mutants` - 1 in worker threads. Does not reject because of a mutant:
 * errors of the reader are reported as failures.
 */
export async function runFuzz(options: FuzzOptions): Promise<BatchResult> {
  const total: BatchResult = { examined: 0, accepted: [], failures: [], codes: {}, kinds: {}, slowestMs: 0 };
  const queue = batchesOf(options.mutants);
  const lanes = Array.from({ length: options.workers }, async () => {
    let lane = openLane(options.seed);
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      const outcome = await lane.examine(batch);
      if (outcome.result) add(total, outcome.result);
      else {
        // The results of a dead thread's batch are lost, so its other mutants are examined again.
        total.failures.push(outcome.failure);
        total.examined += 1;
        queue.unshift(batch.filter((number) => number !== outcome.failure.number));
        lane = openLane(options.seed);
      }
      options.onProgress?.(total.examined);
    }
    await lane.close();
  });
  await Promise.all(lanes);
  total.accepted.sort((left, right) => left - right);
  return total;
}

function batchesOf(mutants: number): number[][] {
  const starts = Array.from({ length: Math.ceil(mutants / BATCH) }, (_, index) => index * BATCH);
  return starts.map((start) => Array.from({ length: Math.min(BATCH, mutants - start) }, (_, index) => start + index));
}

function add(total: BatchResult, part: BatchResult): void {
  total.examined += part.examined;
  total.accepted.push(...part.accepted);
  total.failures.push(...part.failures);
  total.slowestMs = Math.max(total.slowestMs, part.slowestMs);
  for (const [code, count] of Object.entries(part.codes)) total.codes[code] = (total.codes[code] ?? 0) + count;
  for (const [kind, count] of Object.entries(part.kinds)) total.kinds[kind] = (total.kinds[kind] ?? 0) + count;
}

type LaneOutcome =
  | { readonly result: BatchResult; readonly failure: null }
  | { readonly result: null; readonly failure: FuzzFailure };

function openLane(seed: number) {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: { seed, progress } satisfies WorkerSettings,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MIB },
  });
  return {
    examine: (numbers: readonly number[]) => examineInWorker(worker, progress, numbers),
    close: async () => {
      await worker.terminate();
    },
  };
}

function examineInWorker(worker: Worker, progress: Int32Array, numbers: readonly number[]): Promise<LaneOutcome> {
  return new Promise((resolve) => {
    const settle = (outcome: LaneOutcome) => {
      clearInterval(watch);
      worker.off('message', onMessage);
      worker.off('error', onError);
      resolve(outcome);
    };
    const fail = (what: string) => settle({ result: null, failure: { number: Atomics.load(progress, 0), what } });
    const watch = watchForHang(progress, () => {
      fail(`hangs: no answer after ${HANG_MS} ms`);
      void worker.terminate();
    });
    const onMessage = (result: BatchResult) => settle({ result, failure: null });
    const onError = (error: Error) => fail(`exception: ${error.stack ?? error.message}`);
    worker.on('message', onMessage);
    worker.on('error', onError);
    Atomics.store(progress, 0, numbers[0] ?? 0);
    worker.postMessage(numbers, []);
  });
}

function watchForHang(progress: Int32Array, onHang: () => void): NodeJS.Timeout {
  let at = Atomics.load(progress, 0);
  let since = performance.now();
  return setInterval(() => {
    const now = Atomics.load(progress, 0);
    if (now !== at) {
      at = now;
      since = performance.now();
    } else if (performance.now() - since > HANG_MS) onHang();
  }, WATCH_INTERVAL_MS);
}
