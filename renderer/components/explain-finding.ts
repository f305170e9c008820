import type { GabIssue } from '../../shared/gab/report.ts';

export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export function explainFinding(issue: GabIssue): Explanation {
  return { what: issue.code, why: '', fix: '' };
}
