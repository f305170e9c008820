import type { GabSeverity } from '../../shared/gab/report.ts';
import { plural } from '../../shared/lib/plural.ts';
import { sentence } from '../../shared/lib/sentence.ts';

const severities: Readonly<Record<GabSeverity, string>> = { error: 'Error', warning: 'Warning', info: 'Note' };

const severityCounts: Readonly<Record<GabSeverity, (count: number) => string>> = {
  error: (count) => plural(count, 'error', 'errors'),
  warning: (count) => plural(count, 'warning', 'warnings'),
  info: (count) => plural(count, 'note', 'notes'),
};

export const findingTexts = {
  severities,
  severityCounts,
  none: 'No findings',
  place: (path: string, pointer: string) => sentence`${path} at ${pointer}`,
  toFix: 'To fix: ',
  copy: (code: string) => sentence`Copy finding ${code}`,
  copied: {
    place: (place: string) => sentence`Where: ${place}`,
    why: (why: string) => sentence`Why: ${why}`,
    fix: (fix: string) => sentence`Fix: ${fix}`,
    code: (code: string) => sentence`Code: ${code}`,
  },
} as const;
