import { afterAll, describe, expect, it } from 'vitest';
import { startModelLoader } from '../../../../../scripts/models/loading/model-loader.ts';
import { scaledRuns, testSeed } from '../../../../support/property-runs.ts';
import { blockingFindings, describeMutant, judge } from './judge-mutant.ts';
import { meshoptBase, modelBases, splatBases, vrmBases } from './model-bases.ts';
import { type MutantRequest, makeModelMutant } from './model-mutations.ts';
import { isException } from './stricter-than-loaders.ts';

// The verdict of the check against the loaders that the application installs. To repeat a failure:
//
//   TEST_SEED=<seed> TEST_MUTANT=<number> npx vitest run --project properties activatable

const loader = startModelLoader();
afterAll(() => loader.close());

function numbersOf(full: number): readonly number[] {
  const only = process.env.TEST_MUTANT;
  return only === undefined ? Array.from({ length: scaledRuns(full) }, (_, number) => number) : [Number(only)];
}

type Request = Pick<MutantRequest, 'bases' | 'aim'>;

/** Mutants that can be activated but not drawn, or that can be drawn and are blocked. */
async function findContradictions(request: Request, full: number): Promise<readonly string[]> {
  const contradictions: string[] = [];
  const seen = { activatable: 0, blocked: 0 };
  for (const number of numbersOf(full)) {
    const mutant = makeModelMutant({ ...request, seed: testSeed, number });
    const judgement = await judge(mutant, loader);
    const { report, outcome, loads } = judgement;
    seen[report.activatable ? 'activatable' : 'blocked'] += 1;
    const isRightlyBlocked = () =>
      !loads || blockingFindings(report).some((finding) => isException({ finding, base: mutant.base, outcome }));
    const isTrue = report.activatable ? loads : isRightlyBlocked();
    if (!isTrue) contradictions.push(describeMutant(mutant, judgement));
  }
  // Otherwise the property would not have looked at one of its two sides.
  if (process.env.TEST_MUTANT === undefined) expect(Math.min(seen.activatable, seen.blocked)).toBeGreaterThan(0);
  return contradictions;
}

describe('a model can be activated exactly if the loaders can draw it', () => {
  it.each([...new Set(modelBases), meshoptBase, ...splatBases])('$name, unchanged', async (base) => {
    const { report, outcome } = await judge({ base, bytes: base.bytes }, loader);
    expect(blockingFindings(report)).toEqual([]);
    expect(outcome).toMatchObject({ ok: true, faults: [] });
  });

  it(`mutants of VRM data (seed ${testSeed})`, { timeout: 300_000 }, async () => {
    expect(await findContradictions({ bases: vrmBases, aim: 'vrm' }, 1000)).toEqual([]);
  });

  it(`mutants of all models (seed ${testSeed})`, { timeout: 300_000 }, async () => {
    expect(await findContradictions({ bases: modelBases, aim: 'anywhere' }, 1500)).toEqual([]);
  });

  it(`mutants of splats (seed ${testSeed})`, { timeout: 300_000 }, async () => {
    expect(await findContradictions({ bases: splatBases, aim: 'anywhere' }, 500)).toEqual([]);
  });
});
