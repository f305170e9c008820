import { stat } from 'node:fs/promises';
import type { LocalDatabase } from '../db/local-database.ts';
import { knownVersions } from '../staging/known-versions.ts';
import type { SettledFile } from './settling.ts';

/**
 * Recognizes the watched files that a project has, that a person has decided about, or that are
 * being sent.
 */
export interface WatchedMemory {
  /** Compares name, size and date only. Reads nothing. */
  isRemembered(file: SettledFile): boolean;
  /**
   * Whether these bytes are in the project or in the tray. Remembers a file that the server has.
   */
  isStoredOrQueued(file: SettledFile, sha256: string): boolean;
}

export function watchedMemory(database: LocalDatabase, projectUuid: string): WatchedMemory {
  const { read } = database;
  return {
    isRemembered: (file) => {
      const remembered = read.watchFolders.file(projectUuid, file.path);
      return remembered?.sizeBytes === file.sizeBytes && remembered.modifiedAtMs === file.modifiedAtMs;
    },
    isStoredOrQueued: (file, sha256) => {
      const twins = knownVersions(read, projectUuid).filter((version) => version.sha256 === sha256);
      const stored = twins.find(({ versionUuid }) => read.versions.find(versionUuid) !== null);
      if (stored !== undefined) {
        const { avatarUuid } = stored;
        // On failure it is recognized again by its content.
        database.tryWrite((writers) => writers.watchFolders.remember({ projectUuid, ...file, sha256, avatarUuid }));
      }
      return twins.length > 0 || isParked(database, file, sha256);
    },
  };
}

/**
 * Whether its upload was refused or cancelled and is still in the tray, where it can be retried.
 */
function isParked({ read }: LocalDatabase, { path }: SettledFile, sha256: string): boolean {
  return read.transfers
    .inStates(['refused', 'cancelled'])
    .some((row) => row.watched?.path === path && row.sha256 === sha256);
}

/** Whether two names lead to the same folder. */
export async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)));
  return one === other || (a !== null && a?.ino === b?.ino && a?.dev === b?.dev);
}
