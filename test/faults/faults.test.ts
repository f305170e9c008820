import { afterAll, describe, expect, inject, test } from 'vitest';
import { describeFailure, sumStruck } from './run/describe-result.ts';
import { type SeedResult, SeedRunner } from './run/run-seeds.ts';

/**
 * Always the same ones; each kind of fault strikes in at least two of them. `npm run test:nightly` runs
 * others.
 */
const SEEDS = [7, 15, 20, 21, 22, 28, 34, 43, 44, 90, 185, 186];

describe('two or three clients and one server with faults everywhere', () => {
  const runner = new SeedRunner(inject('postgresUrl'));
  const results: SeedResult[] = [];
  afterAll(() => runner.close());

  test.each(SEEDS)('seed %i settles and keeps every promise', async (seed) => {
    const result = await runner.run(seed);
    results.push(result);
    if (result.findings.length > 0) throw new Error(describeFailure(result));
  });

  test('a restarted server removes partly received files', async () => {
    expect(await runner.checkAfterRestart()).toEqual([]);
  });

  test('every kind of fault has struck', () => {
    const struck = sumStruck(results);
    const expected = [
      'client: killed',
      'client: killed at a point',
      'client: disk full',
      'server: killed',
      'server: killed at a point',
      'server: disk full',
      'server: PostgreSQL full',
      'server: wrong database',
      'server: restored backup',
      'quota reached',
      'server: clock jumped',
      'client: clock jumped',
      'token expired',
      'wire: cut-before-answer',
      'wire: cut-in-request',
      'wire: twice',
      'wire: slow',
    ];
    expect(expected.filter((fault) => (struck.get(fault) ?? 0) === 0)).toEqual([]);
  });
});
