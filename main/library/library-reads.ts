import type { AvatarView, ProjectView, VersionView } from '../../shared/contract/library.ts';
import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { Readers } from '../db/local-database.ts';
import type { AvatarRow } from '../db/schema.ts';
import { activeUuidsOf, avatarViewsFrom, projectViewFrom, versionViewFrom } from './views.ts';

/** What the screen shows, from this machine's database only: the same with and without a server. */
export interface LibraryReads {
  /** By customer, then by name. */
  projects(): ProjectView[];
  /** Avatars with versions outside the trash, the most recently extended first. */
  avatars(projectUuid: string): AvatarView[];
  /** What lies in the trash, most recently deleted first; an avatar may be here with some of its versions. */
  trash(): AvatarView[];
  version(row: AvatarRow): VersionView;
}

/** `pinOf`: how far the pin of a project is; null: it is not pinned. */
export function createLibraryReads(
  read: Readers,
  pinOf: (projectUuid: string) => ProjectPin | null = () => null,
): LibraryReads {
  const active = () => activeUuidsOf(read.projects.all());
  return {
    projects: () => {
      const counts = read.avatars.countByProject();
      return read.projects.all().map((project) =>
        projectViewFrom(project, {
          avatarCount: counts.get(project.uuid) ?? 0,
          activeRow: project.active && read.avatars.find(project.active.avatarUuid),
          pin: pinOf(project.uuid),
        }),
      );
    },
    avatars: (projectUuid) => avatarViewsFrom(read.avatars.live(projectUuid), active()),
    trash: () => avatarViewsFrom(read.avatars.trashed(), active()),
    version: (row) => versionViewFrom(row, active()),
  };
}
