import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { GabSeverity } from '../../shared/gab/report.ts';
import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { findingAsText, type ShownFinding } from './describe-finding.ts';
import { findingTexts } from './finding-texts.en.ts';

const marks: Readonly<Record<GabSeverity, { icon: LucideIcon; className: string }>> = {
  error: { icon: CircleAlert, className: 'text-problem' },
  warning: { icon: TriangleAlert, className: 'text-warn' },
  info: { icon: Info, className: 'text-ink-faint' },
};

/** Says what, where, why it matters and how to fix it; the code is small, for searching. */
function Finding({ finding }: { readonly finding: ShownFinding }) {
  const { severity, what, place, why, fix, code } = finding;
  const { icon: Icon, className } = marks[severity];
  return (
    <li className="flex gap-2 py-2">
      <Icon
        size={14}
        aria-label={findingTexts.severities[severity]}
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
        <p className="font-mono text-xs text-ink-faint">{code}</p>
      </div>
      <CopyButton label={findingTexts.copy(code)} text={findingAsText(finding)} isIconOnly />
    </li>
  );
}

interface FindingsListProps {
  readonly label: string;
  readonly findings: readonly ShownFinding[];
}

export function FindingsList({ label, findings }: FindingsListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity; the list is replaced as a whole.
        <Finding key={`${finding.code}-${finding.place ?? ''}-${index}`} finding={finding} />
      ))}
    </ul>
  );
}
