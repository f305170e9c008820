import type { BundleSummary } from '../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../shared/gab/compare/compare-bundles.ts';
import type { Comparison, ComparisonVerdict, Difference } from '../shared/gab/compare/comparison.ts';
import { explainDifference } from '../shared/gab/compare/explain-difference.ts';
import { summarizeBundle } from '../shared/gab/compare/summarize-bundle.ts';
import { type CommandOutput, UsageError } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatReport } from './format-report.ts';
import { readOptions, withSource } from './node-bundle.ts';

export interface CompareRequest {
  readonly before: string;
  readonly after: string;
  readonly asJson: boolean;
}

/**
 * Prints the differences between two bundles. Exit code 1 means that the second one breaks
 * something that works with the first one.
 */
export async function compareFiles(request: CompareRequest, output: CommandOutput): Promise<ExitCode> {
  const before = await summaryOf(request.before, output);
  const after = await summaryOf(request.after, output);
  const comparison = compareBundles(before, after);
  output.writeOut(request.asJson ? `${JSON.stringify(comparison, null, 2)}\n` : formatComparison(comparison));
  return comparison.verdict === 'breaks-runtime' ? exitCodes.invalid : exitCodes.ok;
}

async function summaryOf(file: string, output: CommandOutput): Promise<BundleSummary> {
  const { report, summary } = await withSource(file, (source) => summarizeBundle(source, readOptions(file)));
  if (summary) return summary;
  output.writeError(formatReport(file, report));
  throw new UsageError(`${file} isn't a valid bundle, so it can't be compared`);
}

const verdictWords: Readonly<Record<ComparisonVerdict, string>> = {
  'breaks-runtime': 'breaking changes',
  visible: 'visible changes',
  harmless: 'harmless changes',
  same: 'no differences',
};

function formatComparison({ verdict, differences }: Comparison): string {
  const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
  return [
    verdict === 'same' ? verdictWords.same : `${verdictWords[verdict]} (${count})`,
    ...differences.flatMap(formatDifference),
    '',
  ].join('\n');
}

/** Prints a difference in full if it has a fix, otherwise in two lines. */
function formatDifference(difference: Difference): string[] {
  const { title, what, why, fix } = explainDifference(difference);
  const place = difference.path ?? difference.pointer;
  return [
    `${difference.verdict.padEnd(14)}  ${title}${place === undefined ? '' : `  (${place})`}`,
    `                ${what}`,
    ...(difference.verdict === 'harmless' ? [] : [`                ${why}`]),
    ...(fix === null ? [] : [`                ${fix}`]),
  ];
}
