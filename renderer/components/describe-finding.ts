import { explainFinding } from '../../shared/gab/explain-finding.ts';
import type { GabFinding, GabSeverity } from '../../shared/gab/report.ts';
import { findingTexts } from './finding-texts.en.ts';

const rank: Readonly<Record<GabSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors first, then warnings; in the order found within each. */
export function sortFindings(issues: readonly GabFinding[]): GabFinding[] {
  return issues.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

/** The entry in the bundle, and the place in its JSON if there is one. */
export function placeOfFinding({ path, pointer }: GabFinding): string | null {
  if (path && pointer) return findingTexts.place(path, pointer);
  return path ?? pointer ?? null;
}

/** The whole finding as text, for the clipboard. */
export function findingAsText(issue: GabFinding): string {
  const { what, why, fix } = explainFinding(issue);
  const place = placeOfFinding(issue);
  const { copied } = findingTexts;
  return [
    what,
    place ? copied.place(place) : '',
    why ? copied.why(why) : '',
    fix ? copied.fix(fix) : '',
    copied.code(issue.code),
  ]
    .filter(Boolean)
    .join('\n');
}

export function findingsAsText(fileName: string, issues: readonly GabFinding[]): string {
  return [fileName, ...sortFindings(issues).map(findingAsText)].join('\n\n');
}

/** "1 error, 2 warnings", or "No findings". */
export function countFindings(issues: readonly GabFinding[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = issues.filter((issue) => issue.severity === severity).length;
    return count > 0 ? [findingTexts.severityCounts[severity](count)] : [];
  });
  return parts.length > 0 ? parts.join(', ') : findingTexts.none;
}
