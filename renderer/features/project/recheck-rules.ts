import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { type RecheckResult, recheckResult } from '../../../shared/domain/recheck-result.ts';

export interface RecheckedVersion {
  readonly avatar: AvatarView;
  readonly version: VersionView;
}

export interface RecheckGroup {
  readonly result: RecheckResult;
  /** Never empty. */
  readonly versions: readonly RecheckedVersion[];
}

export interface RecheckGroups {
  /** The worst first. */
  readonly groups: readonly RecheckGroup[];
  /** When the newest of these results was found; null if there is none. */
  readonly until: string | null;
}

const RESULTS: readonly RecheckResult[] = ['fails', 'other-findings', 'passes'];

/**
 * What newer rules of the check have found in these avatars after `dismissedUntil`. Both are instants
 * of the server's form, which sort as text.
 */
export function recheckGroups(avatars: readonly AvatarView[], dismissedUntil: string | null): RecheckGroups {
  const rechecked = avatars
    .flatMap((avatar) => avatar.versions.map((version) => ({ avatar, version })))
    .filter(({ version }) => (version.recheck?.at ?? '') > (dismissedUntil ?? ''));
  const groups = RESULTS.map((result) => ({
    result,
    versions: rechecked.filter(({ version }) => recheckResult(version) === result),
  })).filter(({ versions }) => versions.length > 0);
  const times = rechecked.flatMap(({ version }) => version.recheck?.at ?? []);
  return { groups, until: times.toSorted().at(-1) ?? null };
}
