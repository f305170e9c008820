import type { StagedFile, Suggestion } from '../../../shared/contract/transfers.ts';
import { explainIssue } from '../../../shared/gab/finding-texts.ts';
import type { GabIssue } from '../../../shared/gab/report.ts';
import { sortFindings } from '../../components/describe-finding.ts';

const bodies = { model3d: '3D model', splat: 'Splat', portrait2d: '2D portrait' } as const;

/** What the bundle says it is: "3D model, Robot 1.2.0, by Dana, CC-BY-4.0". */
export function whatItIs(file: StagedFile): string {
  if (file.state === 'inspecting') return 'Checking';
  const { manifest } = file;
  if (manifest) {
    const authors = manifest.authors.length > 0 ? `by ${manifest.authors.join(', ')}` : '';
    return [bodies[manifest.bodyType], `${manifest.name} ${manifest.version}`, authors, manifest.license]
      .filter(Boolean)
      .join(', ');
  }
  if (file.state === 'refused') return 'It was not possible to read what is in it';
  if (file.container === 'opaque') return 'Not a bundle that Gabinet can read: it is kept as it is, and cannot go live';
  if (file.container === 'zip') return 'A ZIP file without a readable manifest';
  return 'Says nothing about itself';
}

/** Why it was refused, in one sentence; the findings have the rest. */
export function refusalOf(file: StagedFile): string {
  if (file.failure) return [file.failure.title, file.failure.detail].filter(Boolean).join(': ');
  const worst = sortFindings(file.issues)[0];
  return worst ? explainIssue(worst).what : 'This file cannot be uploaded.';
}

/** The code of that reason, for searching. */
export function refusalCode(file: StagedFile): string {
  return file.failure?.code ?? sortFindings(file.issues)[0]?.code ?? '';
}

export function duplicateSentence(suggestion: Extract<Suggestion, { kind: 'duplicate' }>): string {
  const where = suggestion.inTrash ? ' (in the trash)' : '';
  return `Already here as ${suggestion.avatarName} v${suggestion.version}${where} - nothing will be sent`;
}

export function findingsLabel(issues: readonly GabIssue[]): string {
  return issues.length === 1 ? '1 finding' : `${issues.length} findings`;
}
