import { isBundleFault } from '../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { ProjectRow } from '../db/schema.ts';

/**
 * The active version that a watched file may replace without a review, or null. It must be the next
 * version of the active avatar, and a comparison must have shown that it breaks nothing at run
 * time. A person decides about any other file: a project without an active version, another avatar,
 * a missing comparison, or a bundle that the preview could not draw.
 */
export function activeVersionToReplace(
  file: Pick<StagedFile, 'activatable' | 'suggestion' | 'comparisonVerdict' | 'drawingFailure'>,
  active: Pick<NonNullable<ProjectRow['active']>, 'versionUuid' | 'avatarUuid'> | null,
): VersionUuid | null {
  const { activatable, suggestion, comparisonVerdict, drawingFailure } = file;
  if (drawingFailure !== null && isBundleFault(drawingFailure)) return null;
  if (!activatable || active === null || suggestion?.kind !== 'version') return null;
  if (suggestion.avatarUuid !== active.avatarUuid) return null;
  return comparisonVerdict === null || comparisonVerdict === 'breaks-runtime' ? null : active.versionUuid;
}
