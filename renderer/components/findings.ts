import { explainIssue } from '../../shared/gab/finding-texts.ts';
import type { GabIssue, GabSeverity } from '../../shared/gab/report.ts';

const rank: Readonly<Record<GabSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors first, then warnings; in the order found within each. */
export function sortFindings(issues: readonly GabIssue[]): GabIssue[] {
  return issues.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Where in the bundle: the entry, and the place in its JSON if there is one. */
export function whereOf(issue: GabIssue): string | null {
  if (issue.path && issue.pointer) return `${issue.path} at ${issue.pointer}`;
  return issue.path ?? issue.pointer ?? null;
}

/** The whole finding as text, for the clipboard. */
export function findingAsText(issue: GabIssue): string {
  const { what, why, fix } = explainIssue(issue);
  const where = whereOf(issue);
  return [
    what,
    where ? `Where: ${where}` : '',
    why ? `Why: ${why}` : '',
    fix ? `Fix: ${fix}` : '',
    `Code: ${issue.code}`,
  ]
    .filter(Boolean)
    .join('\n');
}

export function findingsAsText(fileName: string, issues: readonly GabIssue[]): string {
  return [fileName, ...sortFindings(issues).map(findingAsText)].join('\n\n');
}

function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

/** "1 error, 2 warnings", or "No findings". */
export function countFindings(issues: readonly GabIssue[]): string {
  const of = (severity: GabSeverity): number => issues.filter((issue) => issue.severity === severity).length;
  const parts = [
    of('error') > 0 ? counted(of('error'), 'error') : '',
    of('warning') > 0 ? counted(of('warning'), 'warning') : '',
    of('info') > 0 ? counted(of('info'), 'note') : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'No findings';
}
