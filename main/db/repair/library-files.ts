import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removeFileSync } from '../../../node/remove.ts';
import { renameFileSync } from '../../../node/rename.ts';

/**
 * SQLite's files, the log first: a log that stayed behind would be applied to the new library. It
 * belongs to its file and may contain rows that the file lacks.
 */
const SUFFIXES = ['-wal', '-shm', ''] as const;

const markPath = (path: string) => `${path}.is-damaged`;
const rebuiltPrefix = (path: string) => `${path}.rebuilt-`;

/**
 * Where a library is kept that was found damaged at this time:
 * `library.db.damaged-2026-11-30T10-55-02.123Z`.
 */
export const damagedPath = (path: string, time: string): string => `${path}.damaged-${time}`;

/** Where a library is rebuilt until it is complete. */
export const rebuildingPath = (path: string): string => `${path}.rebuilding`;

/** SQLite deletes the log when the last connection is closed; a crash or a power cut leaves it. */
export const hasEndedAbruptly = (path: string): boolean => existsSync(`${path}-wal`);

/**
 * Some file systems leave empty files after a power cut, and to SQLite an empty file is a new
 * library. Ours has its first page from the moment it is created.
 */
export function isEmptied(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === 0 && !existsSync(`${path}-wal`);
}

export const isMarkedDamaged = (path: string): boolean => existsSync(markPath(path));

/** Remembers, across a crash too, that a query found the library damaged. */
export function markDamaged(path: string): void {
  try {
    writeFileSync(markPath(path), '');
  } catch {
    // On a full disk the next start finds the damage again.
  }
}

export function removeLibrary(path: string): void {
  for (const suffix of SUFFIXES) removeFileSync(path + suffix);
}

/**
 * Puts the rebuilt library in the place of the damaged one, which is kept. A crash in between changes
 * nothing: the next `finishRebuild` continues.
 */
export function replaceDamaged(path: string, time: string): void {
  renameFileSync(rebuildingPath(path), rebuiltPrefix(path) + time);
  finishRebuild(path);
}

/** Completes a replacement that a crash interrupted. Call it before the library is opened. */
export function finishRebuild(path: string): void {
  const prefix = basename(rebuiltPrefix(path));
  const rebuilt = readdirSync(dirname(path)).find((name) => name.startsWith(prefix));
  if (rebuilt === undefined) return;
  const kept = damagedPath(path, rebuilt.slice(prefix.length));
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) renameFileSync(path + suffix, kept + suffix);
  }
  removeFileSync(markPath(path));
  renameFileSync(join(dirname(path), rebuilt), path);
}
