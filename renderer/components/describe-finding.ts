import { type DrawingFailure, isBundleFault } from '../../shared/contract/preview-frame.ts';
import { explainFinding } from '../../shared/gab/explain-finding.ts';
import type { GabFinding, GabSeverity } from '../../shared/gab/report.ts';
import { drawingFailureTexts } from './drawing-failure-texts.en.ts';
import { findingTexts } from './finding-texts.en.ts';

/** Something to know about a file, in the words that people read. */
export interface ShownFinding {
  readonly severity: GabSeverity;
  readonly what: string;
  /** Where in the bundle; null if it is about the whole file. */
  readonly place: string | null;
  readonly why: string;
  readonly fix: string;
  readonly code: string;
}

const rank: Readonly<Record<GabSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors first, then warnings; in the order found within each. */
export function sortFindings<Finding extends { readonly severity: GabSeverity }>(
  findings: readonly Finding[],
): Finding[] {
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

/** The entry in the bundle, and the place in its JSON if there is one. */
export function placeOfFinding({ path, pointer }: GabFinding): string | null {
  if (path && pointer) return findingTexts.place(path, pointer);
  return path ?? pointer ?? null;
}

function ofCheck(issue: GabFinding): ShownFinding {
  const { what, why, fix } = explainFinding(issue);
  return { severity: issue.severity, what, why, fix, place: placeOfFinding(issue), code: issue.code };
}

/** What the preview found: a warning, or a note if the reason may be this computer's. */
export function describeDrawingFailure(failure: DrawingFailure): ShownFinding {
  const isFault = isBundleFault(failure);
  const texts = isFault ? drawingFailureTexts.bundle : drawingFailureTexts.computer;
  return {
    severity: isFault ? 'warning' : 'info',
    what: texts.what(drawingFailureTexts.reasons[failure.code]),
    place: failure.detail === '' ? null : failure.detail,
    why: texts.why,
    fix: texts.fix,
    code: drawingFailureTexts.code(failure.code),
  };
}

interface CheckedFile {
  readonly issues: readonly GabFinding[];
  readonly drawingFailure: DrawingFailure | null;
}

/** What the check and the preview found in a file, the worst first; the preview before the check. */
export function findingsOf({ issues, drawingFailure }: CheckedFile): ShownFinding[] {
  const drawn = drawingFailure === null ? [] : [describeDrawingFailure(drawingFailure)];
  return sortFindings([...drawn, ...issues.map(ofCheck)]);
}

/** The whole finding as text, for the clipboard. */
export function findingAsText({ what, place, why, fix, code }: ShownFinding): string {
  const { copied } = findingTexts;
  return [
    what,
    place ? copied.place(place) : '',
    why ? copied.why(why) : '',
    fix ? copied.fix(fix) : '',
    copied.code(code),
  ]
    .filter(Boolean)
    .join('\n');
}

export function findingsAsText(fileName: string, file: CheckedFile): string {
  return [fileName, ...findingsOf(file).map(findingAsText)].join('\n\n');
}

/** "1 error, 2 warnings", or "No findings". */
export function countFindings(findings: readonly { readonly severity: GabSeverity }[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [findingTexts.severityCounts[severity](count)] : [];
  });
  return parts.length > 0 ? parts.join(', ') : findingTexts.none;
}

/** How many errors and warnings there are. */
export function countWarnings({ issues, drawingFailure }: CheckedFile): number {
  const warnings = issues.filter(({ severity }) => severity !== 'info').length;
  return drawingFailure !== null && isBundleFault(drawingFailure) ? warnings + 1 : warnings;
}
