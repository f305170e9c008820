import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { explainFinding } from '../../shared/gab/explain-finding.ts';
import type { GabFinding, GabSeverity } from '../../shared/gab/report.ts';
import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { findingAsText, placeOfFinding, sortFindings } from './describe-finding.ts';
import { findingTexts } from './finding-texts.en.ts';

const marks: Readonly<Record<GabSeverity, { icon: LucideIcon; className: string }>> = {
  error: { icon: CircleAlert, className: 'text-problem' },
  warning: { icon: TriangleAlert, className: 'text-warn' },
  info: { icon: Info, className: 'text-ink-faint' },
};

/** Says what, where, why it matters and how to fix it; the code is small, for searching. */
function Finding({ issue }: { readonly issue: GabFinding }) {
  const { icon: Icon, className } = marks[issue.severity];
  const { what, why, fix } = explainFinding(issue);
  const place = placeOfFinding(issue);
  return (
    <li className="flex gap-2 py-2">
      <Icon
        size={14}
        aria-label={findingTexts.severities[issue.severity]}
        className={classNames('mt-[3px] shrink-0', className)}
      />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="font-medium wrap-anywhere">{what}</p>
        {place ? <p className="font-mono text-xs wrap-anywhere text-ink-soft">{place}</p> : null}
        {why ? <p className="text-ink-soft">{why}</p> : null}
        {fix ? (
          <p>
            <span className="text-ink-faint">{findingTexts.toFix}</span>
            {fix}
          </p>
        ) : null}
        <p className="font-mono text-xs text-ink-faint">{issue.code}</p>
      </div>
      <CopyButton label={findingTexts.copy(issue.code)} text={findingAsText(issue)} isIconOnly />
    </li>
  );
}

interface FindingsListProps {
  readonly label: string;
  readonly issues: readonly GabFinding[];
}

export function FindingsList({ label, issues }: FindingsListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {sortFindings(issues).map((issue, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity; the list is replaced as a whole.
        <Finding key={`${issue.code}-${issue.path ?? ''}-${index}`} issue={issue} />
      ))}
    </ul>
  );
}
