import { explainFinding } from '../shared/gab/explain-finding.ts';
import type { GabFinding, GabReport, GabVerdict } from '../shared/gab/report.ts';
import { showText } from '../shared/gab/show-text.ts';

const verdictWords: Readonly<Record<GabVerdict, string>> = {
  valid: 'valid',
  'valid-with-warnings': 'valid, with warnings',
  opaque: 'not a bundle: can be stored, but has no preview',
  invalid: 'INVALID',
};

const severityWords = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** The report on one file: a verdict line, then each finding with place, reason and fix. */
export function formatReport(file: string, report: GabReport): string {
  return `${file}: ${verdictWords[report.verdict]}${describeBundle(report)}\n${formatFindings(report.issues)}`;
}

/**
 * Each finding with place, reason and fix, separated by empty lines; an empty string if there are
 * none.
 */
export function formatFindings(findings: readonly GabFinding[]): string {
  if (findings.length === 0) return '';
  return `${findings.map((finding) => `\n${formatFinding(finding).join('\n')}\n`).join('')}\n`;
}

function describeBundle({ manifest, verdict, activatable }: GabReport): string {
  if (verdict === 'invalid') return '';
  // The name comes from the file, so it must not be able to control the terminal.
  const name = manifest ? ` (“${showText(manifest.name, 80)}” ${manifest.version})` : '';
  return `${name}${activatable ? '' : ", can't be made live"}`;
}

function formatFinding(finding: GabFinding): string[] {
  const { what, why, fix } = explainFinding(finding);
  const where = [finding.path, finding.pointer].filter((part) => part !== undefined).join(' ');
  return [
    `  ${severityWords[finding.severity]} ${finding.code}${where === '' ? '' : ` in ${where}`}`,
    `    ${what}`,
    `    Why it matters: ${why}`,
    `    What to do: ${fix}`,
  ];
}
