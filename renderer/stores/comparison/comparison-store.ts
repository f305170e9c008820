import { create } from 'zustand';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { failureSentences } from '../failures/explain-failure.ts';
import { announce } from '../notices/announcements.ts';
import { start } from '../notices/notices.ts';
import { readPreference, writePreference } from '../settings/preferences.ts';
import { collapseDetails } from '../view/view-store.ts';
import { compareTexts } from './compare-texts.en.ts';
import { type ComparisonReply, clearComparisonCache, loadComparison } from './comparison-cache.ts';
import { type DifferenceFilter, isSameBundle, NO_FILTER } from './comparison-rules.ts';
import type { ComparisonPair } from './comparison-sides.ts';

export type ComparisonResult =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type PreviewLayout = 'side-by-side' | 'overlay';

interface ComparisonSlice {
  /** Null: no comparison is open. */
  readonly subject: (ComparisonPair & { readonly projectUuid: string }) | null;
  readonly result: ComparisonResult;
  readonly filter: DifferenceFilter;
  readonly layout: PreviewLayout;
}

const LOADING: ComparisonResult = { kind: 'loading' };

export const useComparison = create<ComparisonSlice>(() => ({
  subject: null,
  result: LOADING,
  filter: NO_FILTER,
  layout: readPreference('comparison-layout', ['side-by-side', 'overlay'], 'side-by-side'),
}));

function describeReply(reply: ComparisonReply): string {
  if (!reply.ok) return failureSentences(reply.failure);
  const { verdict, differences } = reply.value;
  return compareTexts.results[verdict](differences.length);
}

/** Ignores the reply if another pair is on the screen by then. */
async function load(pair: ComparisonPair): Promise<void> {
  const reply = await loadComparison(pair);
  const { subject } = useComparison.getState();
  if (!subject || !isSameBundle(subject.from, pair.from) || !isSameBundle(subject.to, pair.to)) return;
  useComparison.setState({
    result: reply.ok ? { kind: 'ready', comparison: reply.value } : { kind: 'failed', failure: reply.failure },
  });
  announce(describeReply(reply));
}

function show(projectUuid: string, pair: ComparisonPair): void {
  useComparison.setState({ subject: { projectUuid, from: pair.from, to: pair.to }, result: LOADING });
  start(load(pair));
}

export function openComparison(projectUuid: string, pair: ComparisonPair): void {
  // In a narrow window the details pane would cover it.
  collapseDetails();
  useComparison.setState({ filter: NO_FILTER });
  show(projectUuid, pair);
}

export function closeComparison(): void {
  useComparison.setState({ subject: null, result: LOADING, filter: NO_FILTER });
}

export function retryComparison(): void {
  const { subject } = useComparison.getState();
  if (subject) show(subject.projectUuid, subject);
}

export function swapSides(): void {
  const { subject } = useComparison.getState();
  if (subject) show(subject.projectUuid, { from: subject.to, to: subject.from });
}

/** Choosing the bundle of the other side swaps the two, because nothing is compared with itself. */
export function chooseSide(side: keyof ComparisonPair, reference: BundleReference): void {
  const { subject } = useComparison.getState();
  if (!subject || isSameBundle(subject[side], reference)) return;
  const other = side === 'from' ? 'to' : 'from';
  if (isSameBundle(subject[other], reference)) swapSides();
  else show(subject.projectUuid, { from: subject.from, to: subject.to, [side]: reference });
}

export function setDifferenceFilter(change: Partial<DifferenceFilter>): void {
  useComparison.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

export function setPreviewLayout(layout: PreviewLayout): void {
  useComparison.setState({ layout });
  writePreference('comparison-layout', layout);
}

export function forgetComparison(): void {
  closeComparison();
  clearComparisonCache();
}
