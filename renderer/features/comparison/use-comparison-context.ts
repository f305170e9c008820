import { useMemo } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { ComparisonContext } from '../../stores/comparison/comparison-sides.ts';
import { NO_FILES, useStaging } from '../../stores/uploads/staging-store.ts';
import { useOpenAvatars } from '../../stores/view/selection.ts';

const NO_AVATARS: readonly AvatarView[] = [];

/** What a side of the comparison can refer to. */
export function useComparisonContext(projectUuid: string): ComparisonContext {
  const avatars = useOpenAvatars() ?? NO_AVATARS;
  const files = useStaging((state) => state.filesByProject[projectUuid] ?? NO_FILES);
  const choices = useStaging((state) => state.choices);
  return useMemo(() => ({ avatars, files, choices }), [avatars, files, choices]);
}
