import { explainIssue } from '../shared/gab/explain-finding.ts';
import type { GabIssue, GabReport, GabVerdict } from '../shared/gab/report.ts';
import { showText } from '../shared/gab/show-text.ts';

const verdictWords: Readonly<Record<GabVerdict, string>> = {
  valid: 'valid',
  'valid-with-warnings': 'valid, with warnings',
  opaque: 'not a bundle: can be stored, without preview',
  invalid: 'INVALID',
};

const severityWords = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** The report on one file for people: a verdict line, then each finding with where, what, why and how to fix it. */
export function formatReport(file: string, report: GabReport): string {
  return `${file}: ${verdictWords[report.verdict]}${describeBundle(report)}\n${formatIssues(report.issues)}`;
}

/** Each finding with where, what, why and how to fix it, between empty lines; nothing if there are none. */
export function formatIssues(issues: readonly GabIssue[]): string {
  if (issues.length === 0) return '';
  return `${issues.map((issue) => `\n${formatIssue(issue).join('\n')}\n`).join('')}\n`;
}

function describeBundle({ manifest, verdict, activatable }: GabReport): string {
  if (verdict === 'invalid') return '';
  // The name comes out of the file: it must not be able to draw on the terminal.
  const name = manifest ? ` (“${showText(manifest.name, 80)}” ${manifest.version})` : '';
  return `${name}${activatable ? '' : ', cannot be made active'}`;
}

function formatIssue(issue: GabIssue): string[] {
  const { what, why, fix } = explainIssue(issue);
  const where = [issue.path, issue.pointer].filter((part) => part !== undefined).join(' ');
  return [
    `  ${severityWords[issue.severity]} ${issue.code}${where === '' ? '' : ` in ${where}`}`,
    `    ${what}`,
    `    Why it matters: ${why}`,
    `    What to do: ${fix}`,
  ];
}
