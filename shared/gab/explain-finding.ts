import { type GabCode, isGabCode } from './codes.ts';
import { gltfFindingTexts } from './content/gltf/texts.en.ts';
import { contentFindingTexts } from './content/texts.en.ts';
import { vrmFindingTexts } from './content/vrm/texts.en.ts';
import type { Explain, FindingText } from './finding-text.ts';
import { manifestFindingTexts } from './manifest/texts.en.ts';
import type { GabFinding } from './report.ts';
import { containerFindingTexts } from './zip/texts.en.ts';

export type { FindingText } from './finding-text.ts';

// Does not compile while a code has no text.
const texts: Readonly<Record<GabCode, Explain>> = {
  ...containerFindingTexts,
  ...manifestFindingTexts,
  ...contentFindingTexts,
  ...vrmFindingTexts,
  ...gltfFindingTexts,
};

/**
 * Explains a finding to designers: what is wrong, why it matters and how to fix it. Never throws,
 * also not for a code of a newer server.
 */
export function explainFinding(finding: GabFinding): FindingText {
  if (isGabCode(finding.code)) return texts[finding.code](finding);
  return {
    what: `The check reported ${finding.code}${finding.path === undefined ? '' : ` for “${finding.path}”`}.`,
    why: "This version of the application doesn't know this finding.",
    fix: 'Update the application for details.',
  };
}
