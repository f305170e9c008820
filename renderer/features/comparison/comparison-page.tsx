import type { FailureCode } from '../../../shared/contract/failure.ts';
import { Button } from '../../components/button.tsx';
import { CoverPane } from '../../components/cover-pane.tsx';
import { type ComparisonPair, pairTitle, sideChoices, sideOf } from '../../stores/comparison/comparison-sides.ts';
import {
  type ComparisonResult,
  closeComparison,
  retryComparison,
  useComparison,
} from '../../stores/comparison/comparison-store.ts';
import { explainFailure } from '../../stores/failures/explain-failure.ts';
import { ComparisonHead } from './comparison-head.tsx';
import { DifferenceFilters } from './difference-filters.tsx';
import { GroupedDifferences } from './grouped-differences.tsx';
import { Previews } from './previews.tsx';
import { SidePickers } from './side-pickers.tsx';
import { comparisonTexts } from './texts.en.ts';
import { useComparisonContext } from './use-comparison-context.ts';
import { VerdictBand } from './verdict-band.tsx';

/** A retry changes nothing if one of the two is not a bundle, or is gone. */
const FINAL: ReadonlySet<FailureCode> = new Set(['not_comparable', 'not_found', 'version_gone', 'stage_gone']);

function Failed({ result }: { readonly result: Extract<ComparisonResult, { kind: 'failed' }> }) {
  const { title, detail, hint } = explainFailure(result.failure);
  return (
    <section
      aria-label={comparisonTexts.verdict}
      className="mx-4 flex items-center gap-3 rounded-md border border-line px-3 py-2"
    >
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium">{title}</p>
        <p className="text-ink-soft">{[detail, hint].filter(Boolean).join(' ')}</p>
      </div>
      {FINAL.has(result.failure.code) ? null : <Button onPress={retryComparison}>{comparisonTexts.tryAgain}</Button>}
    </section>
  );
}

function SideGone() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-6 text-center text-ink-soft">
      <p>{comparisonTexts.sideGone}</p>
      <Button onPress={closeComparison}>{comparisonTexts.close}</Button>
    </div>
  );
}

/** One scrolling column; two columns that scroll separately in a wide window. */
const paneLook =
  'flex h-full flex-col gap-2 overflow-y-auto @min-[1180px]:grid @min-[1180px]:grid-cols-[minmax(0,3fr)_minmax(420px,2fr)] @min-[1180px]:grid-rows-[minmax(0,1fr)] @min-[1180px]:overflow-hidden';

interface ContentProps {
  readonly pair: ComparisonPair;
  readonly projectUuid: string;
}

function Content({ pair, projectUuid }: ContentProps) {
  const result = useComparison((state) => state.result);
  const context = useComparisonContext(projectUuid);
  const from = sideOf(pair.from, context);
  const to = sideOf(pair.to, context);
  if (!from || !to) return <SideGone />;
  const comparison = result.kind === 'ready' ? result.comparison : null;
  return (
    <>
      <ComparisonHead title={pairTitle(from, to)} comparison={comparison} />
      {comparison ? <VerdictBand comparison={comparison} from={from} to={to} /> : null}
      {result.kind === 'failed' ? <Failed result={result} /> : null}
      {result.kind === 'loading' ? (
        <p className="busy-pulse mx-4 px-3 py-3 text-ink-soft">{comparisonTexts.comparing}</p>
      ) : null}
      <div className="@container min-h-0 flex-1">
        <div className={paneLook}>
          <div className="flex shrink-0 flex-col gap-2 @min-[1180px]:min-h-0 @min-[1180px]:pb-4">
            <SidePickers pair={pair} choices={sideChoices(pair, context)} />
            <Previews from={from} to={to} />
          </div>
          {comparison && comparison.differences.length > 0 ? (
            <div className="shrink-0 @min-[1180px]:overflow-y-auto @min-[1180px]:border-l @min-[1180px]:border-line">
              <DifferenceFilters differences={comparison.differences} />
              <GroupedDifferences differences={comparison.differences} />
            </div>
          ) : null}
        </div>
      </div>
    </>
  );
}

/** Covers the middle pane with two bundles: what is different, what it means, and how it looks. */
export function ComparisonPage({ pair, projectUuid }: ContentProps) {
  return (
    <CoverPane label={comparisonTexts.title} className="gap-2">
      <Content pair={pair} projectUuid={projectUuid} />
    </CoverPane>
  );
}
