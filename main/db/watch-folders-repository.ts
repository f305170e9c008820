import { and, asc, eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type WatchedFileRow, type WatchFolderRow, watchedFiles, watchFolders } from './schema.ts';

export interface WatchFolderReader {
  all(): readonly WatchFolderRow[];
  find(projectUuid: string): WatchFolderRow | null;
  /** The remembered state of a file, or null. */
  file(projectUuid: string, path: string): WatchedFileRow | null;
}

export interface WatchFolderWriter {
  upsert(row: WatchFolderRow): void;
  /** Removes the folder and the remembered state of its files. */
  remove(projectUuid: string): void;
  forgetFiles(projectUuid: string): void;
  remember(file: WatchedFileRow): void;
}

export function watchFolderReader(db: Queries): WatchFolderReader {
  return {
    all: () => db.select().from(watchFolders).orderBy(asc(watchFolders.path)).all(),
    find: (projectUuid) =>
      db.select().from(watchFolders).where(eq(watchFolders.projectUuid, projectUuid)).get() ?? null,
    file: (projectUuid, path) =>
      db
        .select()
        .from(watchedFiles)
        .where(and(eq(watchedFiles.projectUuid, projectUuid), eq(watchedFiles.path, path)))
        .get() ?? null,
  };
}

export function watchFolderWriter(db: Queries): WatchFolderWriter {
  const forgetFiles = (projectUuid: string) => {
    db.delete(watchedFiles).where(eq(watchedFiles.projectUuid, projectUuid)).run();
  };
  return {
    upsert: (row) => {
      db.insert(watchFolders).values(row).onConflictDoUpdate({ target: watchFolders.projectUuid, set: row }).run();
    },
    remove: (projectUuid) => {
      db.delete(watchFolders).where(eq(watchFolders.projectUuid, projectUuid)).run();
      forgetFiles(projectUuid);
    },
    forgetFiles,
    remember: (file) => {
      db.insert(watchedFiles)
        .values(file)
        .onConflictDoUpdate({ target: [watchedFiles.projectUuid, watchedFiles.path], set: file })
        .run();
    },
  };
}
