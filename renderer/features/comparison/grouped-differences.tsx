import type { Difference } from '../../../shared/gab/compare/comparison.ts';
import { Button } from '../../components/button.tsx';
import { searchableText } from '../../components/describe-difference.ts';
import { OpenableDifference } from '../../components/difference-item.tsx';
import { differenceTexts } from '../../components/difference-texts.en.ts';
import { filterDifferences, groupByArea, NO_FILTER } from '../../stores/comparison/comparison-rules.ts';
import { setDifferenceFilter, useComparison } from '../../stores/comparison/comparison-store.ts';
import { comparisonTexts } from './texts.en.ts';

function differenceKey({ code, path = '', pointer = '' }: Difference): string {
  return `${code} ${path} ${pointer}`;
}

/** The differences that match the filter, grouped by area, worst first. */
export function GroupedDifferences({ differences }: { readonly differences: readonly Difference[] }) {
  const filter = useComparison((state) => state.filter);
  const shown = filterDifferences(differences, filter, searchableText);
  if (shown.length === 0) {
    return (
      <div className="flex items-center gap-2 px-4 py-4 text-ink-soft">
        <p>{comparisonTexts.noMatch}</p>
        <Button onPress={() => setDifferenceFilter(NO_FILTER)}>{comparisonTexts.showAll}</Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-6">
      {groupByArea(shown).map(({ area, differences: group }) => (
        <section key={area} aria-label={comparisonTexts.differencesIn(differenceTexts.areas[area])}>
          <h2 className="flex items-baseline gap-1.5 text-sm font-semibold text-ink-soft">
            {differenceTexts.areas[area]}
            <span className="font-normal text-ink-faint tabular-nums">{group.length}</span>
          </h2>
          <ul aria-label={comparisonTexts.differencesIn(differenceTexts.areas[area])} className="divide-y divide-line">
            {group.map((difference, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two differences may share code and place; the list is replaced as a whole.
              <OpenableDifference key={`${differenceKey(difference)} ${index}`} difference={difference} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
