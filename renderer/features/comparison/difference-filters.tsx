import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import {
  type Difference,
  type DifferenceArea,
  type DifferenceVerdict,
  differenceVerdicts,
} from '../../../shared/gab/compare/comparison.ts';
import { ComparisonVerdictIcon } from '../../components/comparison-verdict.tsx';
import { differenceTexts } from '../../components/difference-texts.en.ts';
import { SearchBox } from '../../components/search-box.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { areasIn, countByVerdict } from '../../stores/comparison/comparison-rules.ts';
import { setDifferenceFilter, useComparison } from '../../stores/comparison/comparison-store.ts';
import { comparisonTexts } from './texts.en.ts';

const ALL = 'all';
const verdictLabels: Readonly<Record<DifferenceVerdict, string>> = {
  'breaks-runtime': comparisonTexts.breaksRuntime,
  visible: comparisonTexts.visible,
  harmless: comparisonTexts.harmless,
};

const chipLook =
  'flex h-6 shrink-0 cursor-default items-center gap-1.5 rounded-full border border-line px-2.5 text-sm text-ink-soft data-disabled:opacity-45 data-hovered:veil-hover data-selected:border-action data-selected:bg-action-soft data-selected:text-action-ink';

function VerdictFilter({ differences }: { readonly differences: readonly Difference[] }) {
  const verdict = useComparison((state) => state.filter.verdict);
  const counts = countByVerdict(differences);
  const choose = (keys: Set<string | number>): void => {
    const [key] = keys;
    setDifferenceFilter({ verdict: differenceVerdicts.find((candidate) => candidate === key) ?? null });
  };
  return (
    <ToggleButtonGroup
      aria-label={comparisonTexts.filterByVerdict}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[verdict ?? ALL]}
      onSelectionChange={choose}
      className="flex min-w-0 gap-1"
    >
      <ToggleButton id={ALL} className={chipLook}>
        {comparisonTexts.allVerdicts} <span className="tabular-nums">{differences.length}</span>
      </ToggleButton>
      {differenceVerdicts.map((id) => (
        <ToggleButton key={id} id={id} isDisabled={counts[id] === 0} className={chipLook}>
          <span aria-hidden className="contents">
            <ComparisonVerdictIcon verdict={id} />
          </span>
          {verdictLabels[id]} <span className="tabular-nums">{counts[id]}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function AreaFilter({ differences }: { readonly differences: readonly Difference[] }) {
  const area = useComparison((state) => state.filter.area);
  const options = [
    { id: ALL, label: comparisonTexts.allAreas },
    ...areasIn(differences).map(({ area: id, count }) => ({
      id,
      label: comparisonTexts.areaCount(differenceTexts.areas[id], count),
    })),
  ];
  return (
    <SelectField
      label={comparisonTexts.area}
      options={options}
      selectedId={area ?? ALL}
      onSelect={(id) => setDifferenceFilter({ area: id === ALL ? null : (id as DifferenceArea) })}
      className="w-36 shrink-0"
    />
  );
}

function DifferenceSearch() {
  const query = useComparison((state) => state.filter.query);
  return (
    <SearchBox
      label={comparisonTexts.search}
      value={query}
      onChange={(text) => setDifferenceFilter({ query: text })}
      className="w-40"
    />
  );
}

export function DifferenceFilters({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <div className="sticky top-0 z-1 flex flex-wrap items-center gap-2 border-b border-line bg-pane px-4 py-2">
      <VerdictFilter differences={differences} />
      <span className="flex-1" />
      <AreaFilter differences={differences} />
      <DifferenceSearch />
    </div>
  );
}
