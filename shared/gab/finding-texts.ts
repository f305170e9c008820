import { type GabCode, isGabCode } from './codes.ts';
import { containerTexts } from './container-texts.ts';
import { contentTexts } from './content-texts.ts';
import type { Explain, FindingText } from './finding-text.ts';
import { manifestTexts } from './manifest-texts.ts';
import type { GabIssue } from './report.ts';

export type { FindingText } from './finding-text.ts';

// Does not compile while a code has no text.
const texts: Readonly<Record<GabCode, Explain>> = { ...containerTexts, ...manifestTexts, ...contentTexts };

/** What was found, why it matters and how to fix it, in sentences for designers. Never throws, also not for a code of a newer server. */
export function explainIssue(issue: GabIssue): FindingText {
  if (isGabCode(issue.code)) return texts[issue.code](issue);
  return {
    what: `The check reported ${issue.code}${issue.path === undefined ? '' : ` for “${issue.path}”`}.`,
    why: 'This version of the application does not know the finding.',
    fix: 'Update the application to read more about it.',
  };
}
