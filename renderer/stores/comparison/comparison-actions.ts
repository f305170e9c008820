import type { VersionView } from '../../../shared/contract/library.ts';
import { generalTexts } from '../general-texts.en.ts';
import { useLibrary } from '../library/library-store.ts';
import { showNotice } from '../notices/notices.ts';
import { currentSelection } from '../view/selection.ts';
import { compareTexts } from './compare-texts.en.ts';
import { type ComparisonPair, defaultPair, pairWithActive, pairWithPrevious } from './comparison-sides.ts';
import { openComparison } from './comparison-store.ts';

export type CompareWith = 'active' | 'previous' | 'default';

const pairOf = { active: pairWithActive, previous: pairWithPrevious, default: defaultPair } as const;

const reasons: Readonly<Record<CompareWith, (version: VersionView) => string>> = {
  active: ({ isActive, version }) => (isActive ? compareTexts.isLiveItself(version) : compareTexts.nothingLive),
  previous: ({ version }) => compareTexts.noPreviousVersion(version),
  default: () => compareTexts.nothingToCompareWith,
};

function pairFor(version: VersionView, compareWith: CompareWith): ComparisonPair | null {
  const avatars = useLibrary.getState().avatarsByProject[version.projectUuid] ?? [];
  return pairOf[compareWith](avatars, version);
}

/** Why a compare button is disabled; null if it is not. */
export function whyNotComparable(version: VersionView, compareWith: CompareWith): string | null {
  return pairFor(version, compareWith) ? null : reasons[compareWith](version);
}

export function compareVersion(version: VersionView, compareWith: CompareWith): void {
  const pair = pairFor(version, compareWith);
  if (pair) openComparison(version.projectUuid, pair);
  else showNotice({ tone: 'plain', title: reasons[compareWith](version) });
}

/** For shortcuts and commands, which cannot be disabled: shows the reason instead. */
export function compareSelection(compareWith: CompareWith): void {
  const selection = currentSelection();
  if (selection) compareVersion(selection.version, compareWith);
  else showNotice({ tone: 'plain', title: generalTexts.chooseAvatarFirst });
}
