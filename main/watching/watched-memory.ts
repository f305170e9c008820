import { stat } from 'node:fs/promises';
import type { LocalDatabase } from '../db/local-database.ts';
import { knownVersions } from '../staging/known-versions.ts';
import type { SettledFile } from './settling.ts';

/** What is known of a project's watched files: on the server, decided about by a person, or on their way. */
export interface WatchedMemory {
  /** By name, size and date alone: nothing is read. */
  isRemembered(file: SettledFile): boolean;
  /** Whether these bytes are with the project already, or in the tray; what the server has is remembered, so that nobody asks again. */
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
        database.write((writers) => writers.watchFolders.remember({ projectUuid, ...file, sha256, avatarUuid }));
      }
      return twins.length > 0 || isParked(database, file, sha256);
    },
  };
}

/** It was refused, or a person cancelled it, and it is in the tray still: trying again is done there. */
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
