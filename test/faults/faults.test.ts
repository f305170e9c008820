import { beforeAll, describe, expect, inject, test } from 'vitest';
import { describeFailure, sumStruck } from './run/describe-result.ts';
import { runSeeds, type SeedResult } from './run/run-seeds.ts';

/** The first seeds, always the same ones; `npm run test:faults` runs any others. */
const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
/** One for each core of a small machine. */
const LANES = 2;

describe('two or three clients, one server, faults everywhere', () => {
  let results: readonly SeedResult[] = [];

  beforeAll(async () => {
    results = await runSeeds({ postgresUrl: inject('postgresUrl'), seeds: SEEDS, lanes: LANES });
  });

  test.each(SEEDS)('seed %i settles and keeps every promise', (seed) => {
    const result = results.find((one) => one.seed === seed);
    expect(result, 'it did not run').toBeDefined();
    if (result && result.findings.length > 0) throw new Error(describeFailure(result));
  });

  test('the faults did happen', () => {
    const struck = sumStruck(results);
    const expected = [
      'client: killed',
      'client: killed at a point',
      'client: disk full',
      'server: killed',
      'server: killed at a point',
      'server: disk full',
      'server: PostgreSQL full',
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
