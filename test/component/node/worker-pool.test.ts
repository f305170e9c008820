import { describe, expect, it, onTestFinished } from 'vitest';
import { createWorkerPool } from '../../../node/worker-pool.ts';

function samplePool() {
  const faults: Error[] = [];
  const pool = createWorkerPool({
    workerUrl: new URL('../../support/node/sample-worker.ts', import.meta.url),
    minThreads: 0,
    maxThreads: 1,
    idleTimeoutMs: 1000,
    maxHeapMib: 32,
    onFault: (error) => faults.push(error),
  });
  onTestFinished(() => pool.close());
  return pool;
}

describe('a worker pool', () => {
  it('runs the functions of its module and rejects with their errors', async () => {
    const pool = samplePool();
    expect(await pool.run('double', 21)).toBe(42);
    await expect(pool.run('fail', 'no luck')).rejects.toThrow('no luck');
  });

  it('rejects work that its signal stops, and continues with other work', async () => {
    const pool = samplePool();
    const stopping = new AbortController();
    const waiting = pool.run('wait', null, stopping.signal);
    stopping.abort();
    await expect(waiting).rejects.toThrow();
    expect(await pool.run('double', 4)).toBe(8);
  });

  it('survives a task that exhausts the memory of its thread', async () => {
    const pool = samplePool();
    await expect(pool.run('exhaustMemory', null)).rejects.toThrow('memory limit');
    expect(await pool.run('double', 4)).toBe(8);
  });

  it('rejects what is still running when it is closed', async () => {
    const pool = samplePool();
    const waiting = pool.run('wait', null);
    const closed = expect(waiting).rejects.toThrow();
    await pool.close();
    await closed;
  });
});
