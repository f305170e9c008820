import type { Failure } from '../../../shared/contract/failure.ts';
import type { WatchFolder, WatchMode } from '../../../shared/contract/watch-folders.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { LocalDatabase } from '../../db/local-database.ts';

export interface WatchFoldersOptions {
  readonly database: LocalDatabase;
  onChange(folders: WatchFolder[]): void;
}

export interface WantedFolder {
  readonly projectUuid: string;
  readonly path: string;
  readonly mode: WatchMode;
}

/** The folders of this account whose `.gab` files belong to projects. */
export interface WatchFolders {
  list(): WatchFolder[];
  set(wanted: WantedFolder): Promise<Result<WatchFolder, Failure>>;
  remove(projectUuid: string): Promise<void>;
}

export function createWatchFolders({ database, onChange }: WatchFoldersOptions): WatchFolders {
  const list = (): WatchFolder[] =>
    database.read.watchFolders.all().map((row) => ({ ...row, state: 'starting' as const, failure: null }));
  return {
    list,
    set: async (wanted) => {
      database.write((writers) => writers.watchFolders.upsert(wanted));
      onChange(list());
      return ok({ ...wanted, state: 'starting' as const, failure: null });
    },
    remove: async (projectUuid) => {
      database.write((writers) => writers.watchFolders.remove(projectUuid));
      onChange(list());
    },
  };
}
