import { assetDifferenceTexts } from './asset-texts.en.ts';
import type { Difference } from './comparison.ts';
import { type DifferenceCode, isDifferenceCode } from './difference-codes.ts';
import { type DifferenceText, type ExplainDifference, value } from './difference-text.ts';
import { manifestDifferenceTexts } from './manifest-texts.en.ts';
import { modelDifferenceTexts } from './model-texts.en.ts';
import { movementDifferenceTexts } from './movement-texts.en.ts';

export type { DifferenceText } from './difference-text.ts';

// Does not compile while a code has no text.
const texts: Readonly<Record<DifferenceCode, ExplainDifference>> = {
  ...assetDifferenceTexts,
  ...manifestDifferenceTexts,
  ...modelDifferenceTexts,
  ...movementDifferenceTexts,
};

/** Explains a difference to designers. Never throws, also not for a code of a newer program. */
export function explainDifference(difference: Difference): DifferenceText {
  if (isDifferenceCode(difference.code)) return texts[difference.code](difference);
  return {
    title: `Something else changed (${difference.code})`,
    what: `It changed from ${value(difference.before)} to ${value(difference.after)}.`,
    why: "This version of the application doesn't know this difference.",
    fix: null,
  };
}
