import { gabCodes } from '../../../shared/gab/codes.ts';
import type { ToolComparison } from './other-tools.ts';
import type { BatchResult } from './run-fuzz.ts';

export interface FuzzRun {
  readonly seed: number;
  readonly mutants: number;
  /** The number of accepted mutants that the other tools should read. */
  readonly tools: number;
  readonly result: BatchResult;
  readonly comparisons: readonly ToolComparison[];
  readonly tookMs: number;
}

/** The maximum number of failures that are printed in full. */
const MAX_SHOWN = 20;

/**
 * Describes a run. A run is good if all mutants were examined without failure, no tool disagreed,
 * and the tools read as many mutants as requested.
 */
export function describeRun(run: FuzzRun): { readonly text: string; readonly isGood: boolean } {
  const { seed, mutants, result, tookMs } = run;
  const unseen = Object.keys(gabCodes).filter((code) => result.codes[code] === undefined);
  const lines = [
    `seed ${seed}, ${result.examined} of ${mutants} mutants in ${(tookMs / 1000).toFixed(0)} s`,
    ...Object.entries(result.kinds)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([kind, count]) => `  ${kind}: ${count}`),
    `accepted: ${result.accepted.length}`,
    `slowest reading: ${result.slowestMs.toFixed(0)} ms of CPU time`,
    `codes that were found: ${Object.keys(result.codes).length}; not found: ${unseen.join(' ') || 'none'}`,
    ...describeTools(run),
    `failures: ${result.failures.length}`,
    ...result.failures.slice(0, MAX_SHOWN).map(({ number, what }) => `  ${seed}:${number} ${what}`),
  ];
  return { text: `${lines.join('\n')}\n`, isGood: isGood(run) };
}

function describeTools({ tools, comparisons }: FuzzRun): string[] {
  return comparisons.flatMap(({ tool, isHere, compared, disagreements }) => {
    if (!isHere) return [`${tool}: NOT RUN, it is not installed`];
    const enough = compared < tools ? ` (only ${compared} of the ${tools} wanted)` : '';
    const shown = disagreements.slice(0, MAX_SHOWN).map((text) => `  ${text.replaceAll('\n', '\n    ')}`);
    return [`${tool}: ${compared} accepted mutants${enough}, ${disagreements.length} seen otherwise`, ...shown];
  });
}

function isGood({ mutants, tools, result, comparisons }: FuzzRun): boolean {
  const toolsAgree = comparisons.every(
    ({ isHere, compared, disagreements }) => !isHere || (compared >= tools && disagreements.length === 0),
  );
  return result.examined >= mutants && result.failures.length === 0 && toolsAgree;
}
