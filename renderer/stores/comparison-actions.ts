import type { VersionView } from '../../shared/contract/library.ts';
import { type ComparisonPair, defaultPair, pairWithActive, pairWithPrevious } from './comparison-sides.ts';
import { openComparison } from './comparison-store.ts';
import { useLibrary } from './library-store.ts';
import { showNotice } from './notices.ts';
import { currentSelection } from './selection.ts';

export type CompareWith = 'active' | 'previous' | 'default';

const pairOf = { active: pairWithActive, previous: pairWithPrevious, default: defaultPair } as const;

const reasons: Readonly<Record<CompareWith, (version: VersionView) => string>> = {
  active: ({ isActive, version }) => (isActive ? `v${version} is live itself.` : 'Nothing is live in this project.'),
  previous: ({ version }) => `There is no version before v${version}.`,
  default: () => 'There is nothing to compare this with: it is the only version, and nothing else is live.',
};

function pairFor(version: VersionView, compareWith: CompareWith): ComparisonPair | null {
  const avatars = useLibrary.getState().avatarsByProject[version.projectUuid] ?? [];
  return pairOf[compareWith](avatars, version);
}

/** For greyed-out buttons: null if it can be compared. */
export function whyNotComparable(version: VersionView, compareWith: CompareWith): string | null {
  return pairFor(version, compareWith) ? null : reasons[compareWith](version);
}

export function compareVersion(version: VersionView, compareWith: CompareWith): void {
  const pair = pairFor(version, compareWith);
  if (pair) openComparison(version.projectUuid, pair);
  else showNotice({ tone: 'plain', title: reasons[compareWith](version) });
}

/** For keys and commands. */
export function compareSelection(compareWith: CompareWith): void {
  const selection = currentSelection();
  if (selection) compareVersion(selection.version, compareWith);
  else showNotice({ tone: 'plain', title: 'Choose an avatar first.' });
}
