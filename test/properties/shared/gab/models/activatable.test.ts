import { afterAll, describe, expect, it } from 'vitest';
import { startModelLoader } from '../../../../../scripts/models/loading/model-loader.ts';
import { scaledRuns, testSeed } from '../../../../support/property-runs.ts';
import { blockingFindings, describeMutant, judge } from './judge-mutant.ts';
import { meshoptBase, modelBases, splatBases, vrmBases } from './model-bases.ts';
import { type MutantRequest, makeModelMutant } from './model-mutations.ts';

// The verdict of the check against the loaders that the application installs. To repeat a failure:
//
//   TEST_SEED=<seed> TEST_MUTANT=<number> npx vitest run --project properties activatable

const loader = startModelLoader();
afterAll(() => loader.close());

/**
 * What blocks a file although the loaders forgive it, with the reason why it is blocked all the
 * same. Everything else has to be something that they fail at, or draw wrong.
 */
const STRICTER_THAN_LOADERS: ReadonlyMap<string, string> = new Map([
  ['GAB_E_GLB no-vrm-data', 'the file says that it is a VRM'],
  ['GAB_E_GLB_EXTERNAL_URI', 'the preview refuses other files, which are then missing'],
  ['GAB_W_GLB_EXTENSION', 'the file says that it is drawn wrong without the extension'],
  ['GAB_E_SPLAT length', 'bytes that nothing describes may hide anything'],
  ['GAB_E_SPLAT trailing-data', 'the same'],
  ['GAB_E_SPLAT line-ends', 'CR is the sign of a conversion that destroys the data, wherever it is'],
]);
/** Rules of the glTF specification: JavaScript forgives `"3"` for 3, other programs do not. */
const SPECIFICATION = /^GAB_E_GLB_(?:BOUNDS|DATA|MISMATCH|NODES|PROPERTY|REFERENCE)$/;

function isForgiven({ code, params }: ReturnType<typeof blockingFindings>[number]): boolean {
  const isListed = STRICTER_THAN_LOADERS.has(code) || STRICTER_THAN_LOADERS.has(`${code} ${String(params?.reason)}`);
  return isListed || SPECIFICATION.test(code);
}

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
    const { report, loads } = judgement;
    seen[report.activatable ? 'activatable' : 'blocked'] += 1;
    const isTrue = report.activatable ? loads : !loads || blockingFindings(report).some(isForgiven);
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
