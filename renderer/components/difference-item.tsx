import type { Difference } from '../../shared/gab/compare/comparison.ts';
import { ComparisonVerdictIcon } from './comparison-verdict.tsx';
import { sentenceOf } from './difference-words.ts';

/** One difference as a list item. */
export function DifferenceItem({ difference }: { readonly difference: Difference }) {
  return (
    <li className="flex gap-2 py-1.5">
      <ComparisonVerdictIcon verdict={difference.verdict} className="mt-[3px]" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium wrap-anywhere">{sentenceOf(difference)}</p>
      </div>
    </li>
  );
}
