import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Difference } from '../../shared/gab/compare/comparison.ts';
import { explainDifference } from '../../shared/gab/compare/explain-difference.ts';
import { classNames } from './class-names.ts';
import { ComparisonVerdictIcon } from './comparison-verdict.tsx';
import { describeNames, describePlace, describeValues } from './describe-difference.ts';
import { differenceTexts } from './difference-texts.en.ts';

interface DifferenceProps {
  readonly difference: Difference;
}

function Values({ difference }: DifferenceProps) {
  const values = describeValues(difference);
  if (!values?.isShort) return null;
  return (
    <span className="min-w-0 shrink truncate text-sm text-ink-soft tabular-nums">
      {values.before} → {values.after}
    </span>
  );
}

function LongValues({ difference }: DifferenceProps) {
  const values = describeValues(difference);
  if (!values || values.isShort) return null;
  return (
    <div className="grid grid-cols-2 gap-2">
      {(['before', 'after'] as const).map((side) => (
        <div key={side} className="min-w-0">
          <p className="text-xs text-ink-faint">{differenceTexts[side]}</p>
          <p className="max-h-40 overflow-y-auto rounded-sm bg-sunken px-2 py-1 text-sm whitespace-pre-wrap wrap-anywhere">
            {values[side]}
          </p>
        </div>
      ))}
    </div>
  );
}

function Details({ difference }: DifferenceProps) {
  const names = describeNames(difference);
  const place = describePlace(difference);
  return (
    <div className="flex flex-col gap-1.5 pt-1">
      <LongValues difference={difference} />
      {names ? (
        <p className="rounded-sm bg-sunken px-2 py-1 font-mono text-xs wrap-anywhere text-ink-soft">{names}</p>
      ) : null}
      <p className="font-mono text-xs wrap-anywhere text-ink-faint">
        {[difference.code, place].filter(Boolean).join(', ')}
      </p>
    </div>
  );
}

function Sentence({ difference }: DifferenceProps) {
  const { what, why } = explainDifference(difference);
  return (
    <p className="wrap-anywhere text-ink-soft">
      {what} {why}
    </p>
  );
}

function Fix({ difference }: DifferenceProps) {
  const { fix } = explainDifference(difference);
  if (!fix) return null;
  return (
    <p>
      <span className="text-ink-faint">{differenceTexts.toFix}</span>
      {fix}
    </p>
  );
}

/** One difference as a list item: what changed and what that means. */
export function DifferenceItem({ difference }: DifferenceProps) {
  return (
    <li className="flex gap-2 py-2">
      <ComparisonVerdictIcon verdict={difference.verdict} className="mt-[3px]" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium">{explainDifference(difference).title}</p>
        <Sentence difference={difference} />
      </div>
    </li>
  );
}

/** Also shows short values and the fix; opens to show long values, names, place and code. */
export function OpenableDifference({ difference }: DifferenceProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="flex gap-2 py-1.5">
      <ComparisonVerdictIcon verdict={difference.verdict} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-3">
          <AriaButton
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
            className="-ml-0.5 flex min-w-0 shrink-0 cursor-default items-center gap-1 rounded-sm px-0.5 text-left font-medium data-hovered:text-action-ink"
          >
            {explainDifference(difference).title}
            <ChevronRight size={13} aria-hidden className={classNames('text-ink-faint', isOpen && 'rotate-90')} />
          </AriaButton>
          <span className="flex-1" />
          <Values difference={difference} />
        </div>
        <div data-selectable>
          <Sentence difference={difference} />
          <Fix difference={difference} />
          {isOpen ? <Details difference={difference} /> : null}
        </div>
      </div>
    </li>
  );
}
