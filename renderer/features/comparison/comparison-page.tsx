import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { type ComparisonPair, pairTitle, sideChoices, sideOf } from '../../stores/comparison-sides.ts';
import {
  askComparisonAgain,
  type ComparisonResult,
  closeComparison,
  useComparison,
} from '../../stores/comparison-store.ts';
import { ComparisonHead } from './comparison-head.tsx';
import { DifferenceFilters } from './difference-filters.tsx';
import { DifferenceList } from './difference-list.tsx';
import { Previews } from './previews.tsx';
import { SidePickers } from './side-pickers.tsx';
import { useComparisonWorld } from './use-comparison-world.ts';
import { VerdictBand } from './verdict-band.tsx';

/** Keys of the list work at once; when it closes, the focus goes back to where it came from. */
function useOwnFocus<Target extends HTMLElement>() {
  const target = useRef<Target>(null);
  useEffect(() => {
    const before = document.activeElement;
    target.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return target;
}

function Failed({ result }: { readonly result: Extract<ComparisonResult, { kind: 'failed' }> }) {
  const { title, detail, hint } = result.failure;
  return (
    <section aria-label="Verdict" className="mx-4 flex items-center gap-3 rounded-md border border-line px-3 py-2">
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium">{title}</p>
        <p className="text-ink-soft">{[detail, hint].filter(Boolean).join(' ')}</p>
      </div>
      <Button onPress={askComparisonAgain}>Try again</Button>
    </section>
  );
}

function OneIsGone() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-6 text-center text-ink-soft">
      <p>One of the two is not here any more: it was uploaded, taken out of the upload sheet, or moved to the trash.</p>
      <Button onPress={closeComparison}>Close</Button>
    </div>
  );
}

interface ContentProps {
  readonly pair: ComparisonPair;
  readonly projectUuid: string;
}

function Content({ pair, projectUuid }: ContentProps) {
  const result = useComparison((state) => state.result);
  const world = useComparisonWorld(projectUuid);
  const from = sideOf(pair.from, world);
  const to = sideOf(pair.to, world);
  if (!from || !to) return <OneIsGone />;
  const comparison = result.kind === 'ready' ? result.comparison : null;
  return (
    <>
      <ComparisonHead title={pairTitle(from, to)} comparison={comparison} />
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto">
        {comparison ? <VerdictBand comparison={comparison} from={from} to={to} /> : null}
        {result.kind === 'failed' ? <Failed result={result} /> : null}
        {result.kind === 'asking' ? <p className="busy-pulse mx-4 px-3 py-3 text-ink-soft">Comparing the two</p> : null}
        <SidePickers pair={pair} choices={sideChoices(pair, world)} />
        <Previews from={from} to={to} />
        {comparison && comparison.differences.length > 0 ? (
          <div>
            <DifferenceFilters differences={comparison.differences} />
            <DifferenceList differences={comparison.differences} />
          </div>
        ) : null}
      </div>
    </>
  );
}

/** Two bundles beside each other: what is different, what it means, and how it looks. Takes the middle pane. */
export function ComparisonPage({ pair, projectUuid }: ContentProps) {
  const pane = useOwnFocus<HTMLElement>();
  return (
    <section
      ref={pane}
      tabIndex={-1}
      data-quiet-focus=""
      aria-label="Comparison"
      className="flex min-h-0 flex-1 flex-col gap-2 bg-pane"
    >
      <Content pair={pair} projectUuid={projectUuid} />
    </section>
  );
}
