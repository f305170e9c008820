import { type GabCode, isGabCode } from './codes.ts';
import { contentFindingTexts } from './content/texts.en.ts';
import type { Explain, FindingText } from './finding-text.ts';
import { manifestFindingTexts } from './manifest/texts.en.ts';
import type { GabIssue } from './report.ts';
import { containerFindingTexts } from './zip/texts.en.ts';

export type { FindingText } from './finding-text.ts';

// Does not compile while a code has no text.
const texts: Readonly<Record<GabCode, Explain>> = {
  ...containerFindingTexts,
  ...manifestFindingTexts,
  ...contentFindingTexts,
};

/** What was found, why it matters and how to fix it, in sentences for designers. Never throws, also not for a code of a newer server. */
export function explainIssue(issue: GabIssue): FindingText {
  if (isGabCode(issue.code)) return texts[issue.code](issue);
  return {
    what: `The check reported ${issue.code}${issue.path === undefined ? '' : ` for “${issue.path}”`}.`,
    why: 'This version of the application does not know the finding.',
    fix: 'Update the application to read more about it.',
  };
}
