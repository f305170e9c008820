import type { StagedFile } from '../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { ProjectRow } from '../db/schema.ts';

/**
 * The live version that a watched file may take the place of without anybody looking at it; null: it does not go live by itself.
 * Only where it is the next version of the very avatar that is live, and is known to break nothing that works with that: an avatar that
 * nobody chose, another one, one whose difference is not known (yet) or breaks something needs a person.
 */
export function activeVersionToReplace(
  file: Pick<StagedFile, 'activatable' | 'suggestion' | 'comparisonVerdict'>,
  active: Pick<NonNullable<ProjectRow['active']>, 'versionUuid' | 'avatarUuid'> | null,
): VersionUuid | null {
  const { activatable, suggestion, comparisonVerdict } = file;
  if (!activatable || active === null || suggestion?.kind !== 'version') return null;
  if (suggestion.avatarUuid !== active.avatarUuid) return null;
  return comparisonVerdict === null || comparisonVerdict === 'breaks-runtime' ? null : active.versionUuid;
}
