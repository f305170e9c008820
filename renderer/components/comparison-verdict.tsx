import { CircleAlert, CircleCheck, Equal, Eye, type LucideIcon } from 'lucide-react';
import type { ComparisonVerdict } from '../../shared/gab/compare/comparison.ts';
import { classNames } from './class-names.ts';
import { differenceTexts } from './difference-texts.en.ts';

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

/** The icon alone, named for screen readers; for lists that would repeat the label in every row. */
export function ComparisonVerdictIcon({ verdict, className }: VerdictProps) {
  const { icon: Icon, className: color } = marks[verdict];
  return (
    <Icon
      size={14}
      aria-label={differenceTexts.verdictIcons[verdict]}
      className={classNames('shrink-0', color, className)}
    />
  );
}

/** Icon, label and color each suffice on their own, for people who can't see one of them. */
export function ComparisonVerdictMark({ verdict, className }: VerdictProps) {
  const { icon: Icon, className: color } = marks[verdict];
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 font-medium', color, className)}>
      <Icon size={14} strokeWidth={2} aria-hidden className="shrink-0" />
      {differenceTexts.verdicts[verdict]}
    </span>
  );
}
