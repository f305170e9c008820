import { CircleAlert, CircleCheck, Equal, Eye, type LucideIcon } from 'lucide-react';
import type { ComparisonVerdict } from '../../shared/gab/compare/comparison.ts';
import { classNames } from './class-names.ts';
import { verdictWords } from './difference-words.ts';

interface Mark {
  readonly icon: LucideIcon;
  readonly className: string;
}

const marks: Readonly<Record<ComparisonVerdict, Mark>> = {
  'breaks-runtime': { icon: CircleAlert, className: 'text-problem' },
  visible: { icon: Eye, className: 'text-action-ink' },
  harmless: { icon: CircleCheck, className: 'text-ink-soft' },
  same: { icon: Equal, className: 'text-ink-soft' },
};

interface VerdictProps {
  readonly verdict: ComparisonVerdict;
  readonly className?: string;
}

/** The icon alone, named for screen readers; for lists in which the word would stand in every row. */
export function ComparisonVerdictIcon({ verdict, className }: VerdictProps) {
  const { icon: Icon, className: colour } = marks[verdict];
  return <Icon size={14} aria-label={verdictWords[verdict]} className={classNames('shrink-0', colour, className)} />;
}

/** Icon, word and colour; any one of the three is enough to understand it. */
export function ComparisonVerdictMark({ verdict, className }: VerdictProps) {
  const { icon: Icon, className: colour } = marks[verdict];
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 font-medium', colour, className)}>
      <Icon size={14} strokeWidth={2} aria-hidden className="shrink-0" />
      {verdictWords[verdict]}
    </span>
  );
}
