import type { AvatarEntry, AvatarView, ProjectView, VersionView } from '../../shared/contract/library.ts';
import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { CustomerView, TrashedProjectView } from '../../shared/contract/projects.ts';
import type { Readers } from '../db/local-database.ts';
import type { ProjectRow, VersionRow } from '../db/schema.ts';
import { effectiveReaders } from '../outbox/effective-readers.ts';
import {
  activeUuidsOf,
  avatarEntryFrom,
  avatarViewsFrom,
  projectViewFrom,
  type VersionContext,
  versionViewFrom,
  waitingKindsOf,
} from './views.ts';

/**
 * What the screen shows. Reads only this machine's database, so it is the same with and without a
 * server.
 */
export interface LibraryReads {
  /** By customer, then by name. */
  projects(): ProjectView[];
  /** Avatars with versions outside the trash, the most recently extended first. */
  avatars(projectUuid: string): AvatarView[];
  /** The same of all projects, for finding one by its name. */
  avatarEntries(): AvatarEntry[];
  /**
   * Avatars with versions in the trash, most recently deleted first. Other versions of them may be
   * outside the trash. Avatars of trashed projects are missing: they come back with their project.
   */
  trash(): AvatarView[];
  /** The customers whose projects the user may see, by name. */
  customers(): CustomerView[];
  /** The most recently deleted first. */
  trashedProjects(): TrashedProjectView[];
  version(row: VersionRow): VersionView;
}

/**
 * `server` reads the server's rows; pending operations are applied over them. `pinOf` returns the
 * state of a project's pin, or null if it is not pinned.
 */
export function createLibraryReads(
  server: Readers,
  pinOf: (projectUuid: string) => ProjectPin | null = () => null,
): LibraryReads {
  const read = effectiveReaders(server);
  const context = (): VersionContext => ({
    active: activeUuidsOf(read.projects.all()),
    confirmedActive: activeUuidsOf(server.projects.all()),
    drawingFailures: read.drawingFailures.all(),
  });
  const waiting = () => waitingKindsOf(server.operations.overlaying());
  return {
    projects: () => {
      const counts = read.versions.countByProject();
      const dismissals = read.recheckDismissals.all();
      const confirmed = new Map(server.projects.all().map(({ uuid, active }) => [uuid, active]));
      return projectsNotTrashed(read).map((project) =>
        projectViewFrom(project, {
          avatarCount: counts.get(project.uuid) ?? 0,
          confirmedActive: confirmed.get(project.uuid) ?? null,
          findVersion: (uuid) => read.versions.find(uuid),
          pin: pinOf(project.uuid),
          rechecksDismissedUntil: dismissals.get(project.uuid) ?? null,
        }),
      );
    },
    avatars: (projectUuid) => avatarViewsFrom(read.versions.notTrashed(projectUuid), context(), waiting()),
    avatarEntries: () => {
      const projects = projectsNotTrashed(read);
      const shown = new Set(projects.map(({ uuid }) => uuid));
      const newest = read.versions.newest().filter(({ projectUuid }) => shown.has(projectUuid));
      const active = new Set(projects.flatMap((project) => project.active?.avatarUuid ?? []));
      return newest.map((row) => avatarEntryFrom(row, active.has(row.avatarUuid)));
    },
    trash: () => {
      const trashed = new Set(projectsInTrash(read).map(({ uuid }) => uuid));
      const versions = read.versions.trashed().filter(({ projectUuid }) => !trashed.has(projectUuid));
      return avatarViewsFrom(versions, context(), waiting());
    },
    customers: () => read.customers.all().map(({ uuid, name }) => ({ uuid, name })),
    trashedProjects: () => trashedProjectsFrom(read),
    version: (row) => versionViewFrom(row, context()),
  };
}

function projectsInTrash(read: Readers) {
  return read.projects.all().flatMap((project) => {
    const { deletedAt } = project;
    return deletedAt === null ? [] : [{ ...project, deletedAt }];
  });
}

function trashedProjectsFrom(read: Readers): TrashedProjectView[] {
  const counts = read.versions.countByProject();
  return projectsInTrash(read)
    .toSorted((a, b) => Date.parse(b.deletedAt) - Date.parse(a.deletedAt))
    .map(({ uuid, customerUuid, customerName, name, deletedAt }) => ({
      uuid,
      customerUuid,
      customerName,
      name,
      avatarCount: counts.get(uuid) ?? 0,
      deletedAt,
    }));
}

function projectsNotTrashed(read: Readers): readonly ProjectRow[] {
  return read.projects.all().filter(({ deletedAt }) => deletedAt === null);
}
