import { useMemo } from 'react';
import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { findActive } from '../../stores/library/avatar-rules.ts';
import { NO_FILES, useStaging } from '../../stores/uploads/staging-store.ts';
import {
  isDuplicate,
  isSendable,
  type PlannedFile,
  planSheet,
  type SheetPlan,
} from '../../stores/uploads/upload-choices.ts';
import { useOpenAvatars } from '../../stores/view/selection.ts';

const NO_AVATARS: readonly AvatarView[] = [];

export interface ReplacedAvatar {
  readonly avatar: AvatarView;
  readonly version: VersionView;
}

export interface SheetContents {
  readonly files: readonly StagedFile[];
  readonly plan: SheetPlan;
  readonly avatars: readonly AvatarView[];
  readonly skippedCount: number;
  readonly arrivingCount: number;
}

export const NOTHING_STAGED: SheetContents = {
  files: NO_FILES,
  plan: planSheet(NO_FILES, {}, { avatars: NO_AVATARS, hasActive: true }),
  avatars: NO_AVATARS,
  skippedCount: 0,
  arrivingCount: 0,
};

export function useSheetContents({ uuid, active }: ProjectView): SheetContents {
  const files = useStaging((state) => state.filesByProject[uuid] ?? NO_FILES);
  const choices = useStaging((state) => state.choices);
  const skippedCount = useStaging((state) => state.skippedByProject[uuid] ?? 0);
  const arrivingCount = useStaging((state) => state.arrivingByProject[uuid] ?? 0);
  const avatars = useOpenAvatars() ?? NO_AVATARS;
  const hasActive = active !== null;
  return useMemo(() => {
    const plan = planSheet(files, choices, { avatars, hasActive });
    return { files, plan, avatars, skippedCount, arrivingCount };
  }, [files, choices, avatars, hasActive, skippedCount, arrivingCount]);
}

export type GroupKind = 'refused' | 'checking' | 'ready' | 'duplicate';

export interface SheetGroup {
  readonly kind: GroupKind;
  readonly files: readonly StagedFile[];
}

function groupOf(file: StagedFile): GroupKind {
  if (file.state === 'refused') return 'refused';
  if (file.state === 'inspecting') return 'checking';
  return isDuplicate(file) ? 'duplicate' : 'ready';
}

/** What needs attention first. Empty groups are left out. */
export function groupFiles(files: readonly StagedFile[]): readonly SheetGroup[] {
  const kinds = ['refused', 'checking', 'ready', 'duplicate'] as const;
  return kinds
    .map((kind) => ({ kind, files: files.filter((file) => groupOf(file) === kind) }))
    .filter((group) => group.files.length > 0);
}

/** The active avatar, if this file would replace it: as its new version, or as what is activated. */
export function replacedBy(
  { file, choice }: PlannedFile,
  { avatars, plan }: SheetContents,
): (ReplacedAvatar & { readonly isSameAvatar: boolean }) | null {
  const active = findActive(avatars);
  if (!active || !file.activatable || !isSendable(file)) return null;
  const isSameAvatar = choice.avatarUuid === active.avatar.avatarUuid;
  return isSameAvatar || plan.activatedId === file.stageId ? { ...active, isSameAvatar } : null;
}
