import { parentPort, workerData } from 'node:worker_threads';
import { examine } from './examine.ts';
import { makeMutant } from './make-mutant.ts';
import type { BatchResult, WorkerSettings } from './run-fuzz.ts';

// Examines mutants in a separate thread, so that it can be terminated if one hangs. A hanging
// thread sends no messages, so the number of the current mutant is in shared memory.

const { seed, progress } = workerData as WorkerSettings;
const port = parentPort;
if (!port) throw new Error('this file runs as a worker');

async function examineBatch(numbers: readonly number[]): Promise<BatchResult> {
  const result: BatchResult = { examined: 0, accepted: [], failures: [], codes: {}, kinds: {}, slowestMs: 0 };
  for (const number of numbers) {
    Atomics.store(progress, 0, number);
    const mutant = makeMutant(seed, number);
    const { report, isAccepted, readingMs, failures } = await examine(mutant);
    result.examined += 1;
    result.slowestMs = Math.max(result.slowestMs, readingMs);
    count(result.kinds, `${mutant.kind}${isAccepted ? ', accepted' : ''}`);
    for (const code of new Set(report.issues.map((issue) => issue.code))) count(result.codes, code);
    if (isAccepted) result.accepted.push(number);
    for (const what of failures)
      result.failures.push({ number, what: `${mutant.kind} of ${mutant.base.name}: ${what}` });
  }
  return result;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

port.on('message', (numbers: readonly number[]) => {
  void examineBatch(numbers).then(
    (result) => port.postMessage(result),
    // The fuzzer looks for exceptions of the reader: one ends the thread, and the runner reports
    // the mutant.
    (error: unknown) => {
      throw error;
    },
  );
});
