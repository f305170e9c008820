import { useMemo } from 'react';
import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import { activeVersion, findActive, newestVersion } from '../library/avatar-rules.ts';
import { useLibrary } from '../library/library-store.ts';
import { openProjectUuid, useView } from './view-store.ts';

const NO_AVATARS: readonly AvatarView[] = [];

export interface Selection {
  readonly avatar: AvatarView;
  readonly version: VersionView;
}

interface SelectionInput {
  readonly avatars: readonly AvatarView[];
  readonly avatarUuid: AvatarUuid | null;
  readonly versionUuid: VersionUuid | null;
}

/**
 * What the details pane shows: the selected avatar, else the active one, else the first. Of its
 * versions the selected one; else the newest of a selected avatar, or the active one.
 */
export function resolveSelection({ avatars, avatarUuid, versionUuid }: SelectionInput): Selection | null {
  const chosen = avatars.find((avatar) => avatar.avatarUuid === avatarUuid);
  const avatar = chosen ?? findActive(avatars)?.avatar ?? avatars[0];
  if (!avatar) return null;
  const version = avatar.versions.find((candidate) => candidate.uuid === versionUuid);
  return {
    avatar,
    version: version ?? (chosen ? newestVersion(avatar) : (activeVersion(avatar) ?? newestVersion(avatar))),
  };
}

export function useOpenProject(): ProjectView | null {
  const projectUuid = useView(openProjectUuid);
  return useLibrary((state) => state.projects?.find((project) => project.uuid === projectUuid) ?? null);
}

/** Null while they are loading. */
export function useOpenAvatars(): readonly AvatarView[] | null {
  const projectUuid = useView(openProjectUuid);
  return useLibrary((state) => (projectUuid ? (state.avatarsByProject[projectUuid] ?? null) : null));
}

export function useSelection(): Selection | null {
  const avatars = useOpenAvatars() ?? NO_AVATARS;
  const avatarUuid = useView((state) => state.selectedAvatarUuid);
  const versionUuid = useView((state) => state.selectedVersionUuid);
  return useMemo(() => resolveSelection({ avatars, avatarUuid, versionUuid }), [avatars, avatarUuid, versionUuid]);
}

/** For shortcuts: the current selection. */
export function currentSelection(): Selection | null {
  const view = useView.getState();
  const projectUuid = openProjectUuid(view);
  const avatars = projectUuid ? useLibrary.getState().avatarsByProject[projectUuid] : undefined;
  return resolveSelection({
    avatars: avatars ?? NO_AVATARS,
    avatarUuid: view.selectedAvatarUuid,
    versionUuid: view.selectedVersionUuid,
  });
}
