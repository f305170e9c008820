import { describe, expect, it } from 'vitest';
import { scaledRuns, testSeed as seed } from '../../../support/property-runs.ts';
import { compareAccepted } from '../../fuzz/compare-accepted.ts';
import { examine } from '../../fuzz/examine.ts';
import { keepMutant } from '../../fuzz/keep-mutant.ts';
import { makeMutant, mutantKinds } from '../../fuzz/make-mutant.ts';
import { runFuzz } from '../../fuzz/run-fuzz.ts';

// The short form of `npm run fuzz:bundles`. A failing mutant is named `seed:number`. Reproduce it
// with `node test/properties/fuzz/fuzz-bundles.ts --replay seed:number`.

const MUTANTS = scaledRuns(2000);
const SHOWN_TO_TOOLS = scaledRuns(60);

describe(`${MUTANTS} mutants (seed ${seed})`, { timeout: 180_000 }, () => {
  it('are read within limits, alike by all our readers, and accepted ones alike by other tools', async () => {
    const result = await runFuzz({ seed, mutants: MUTANTS, workers: 2 });
    for (const number of new Set(result.failures.map((failure) => failure.number))) await keepMutant(seed, number);
    expect(result.failures.map(({ number, what }) => `${seed}:${number} ${what}`)).toEqual([]);
    expect(result.examined).toBe(MUTANTS);
    for (const kind of mutantKinds) expect(Object.keys(result.kinds).join()).toContain(kind);
    expect(result.accepted.length).toBeGreaterThan(SHOWN_TO_TOOLS);
    for (const { tool, isHere, compared, disagreements } of await compareAccepted(
      seed,
      result.accepted.slice(0, SHOWN_TO_TOOLS),
    )) {
      expect(disagreements).toEqual([]);
      if (isHere) expect(compared).toBe(SHOWN_TO_TOOLS);
      else process.stderr.write(`fuzz: ${tool} is not installed, so its results were not compared\n`);
    }
  });
});

describe('the fuzzer itself', () => {
  it('makes the same mutant for the same seed and number, and different ones otherwise', () => {
    expect(makeMutant(5, 17).bytes.equals(makeMutant(5, 17).bytes)).toBe(true);
    const names = [makeMutant(5, 18), makeMutant(6, 17)].map(({ bytes }) => bytes.equals(makeMutant(5, 17).bytes));
    expect(names).toEqual([false, false]);
  });

  it('detects a reader that accepts a file with a different meaning', async () => {
    const mutant = makeMutant(1, 1);
    const other = makeMutant(1, 2).base.entries === mutant.base.entries ? makeMutant(1, 3) : makeMutant(1, 2);
    // A valid bundle presented as a damaged copy of another one.
    const swapped = { ...mutant, kind: 'bytes' as const, bytes: other.base.bytes };
    const { failures } = await examine(swapped);
    expect(failures).toEqual(['accepted with another meaning than its base']);
  });
});
