import { makeMutant } from './make-mutant.ts';
import { addComparisons, compareWithTools, type ToolComparison } from './other-tools.ts';

/** Files per invocation of a tool. */
const BATCH = 200;

/** Compares how the other tools read the accepted mutants, in batches. */
export async function compareAccepted(seed: number, numbers: readonly number[]): Promise<readonly ToolComparison[]> {
  let total: readonly ToolComparison[] = [];
  for (let start = 0; start < numbers.length; start += BATCH) {
    const bundles = numbers
      .slice(start, start + BATCH)
      .map((number) => ({ fileName: `${number}.gab`, bytes: makeMutant(seed, number).bytes }));
    total = addComparisons(total, await compareWithTools(bundles));
  }
  return total;
}
