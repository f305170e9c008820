import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../node/error-code.ts';
import type { AccountStorage } from './account-storage.ts';

interface FolderSize {
  readonly files: number;
  readonly bytes: number;
}

/** How the library and the files of an account are, in numbers: no names, no paths. */
export interface AccountHealth {
  /** `ok`, or what SQLite found first. */
  readonly quickCheck: string;
  /** When the library was rebuilt after damage; null if it never was. */
  readonly repairedAt: string | null;
  readonly libraryBytes: number;
  /** What is written but not yet in the library's file. */
  readonly writeAheadBytes: number;
  /** By state. */
  readonly operations: Readonly<Record<string, number>>;
  /** By state. */
  readonly transfers: Readonly<Record<string, number>>;
  readonly pictures: FolderSize;
  readonly bundles: FolderSize;
  readonly damagedBundles: FolderSize;
  readonly uploadCopies: FolderSize;
}

/**
 * Reads every page of the library (50 ms for 10,000 versions) and asks for the size of every cached
 * file. Throws the error of the operating system or of SQLite.
 */
export async function readHealth({ folders, database }: AccountStorage): Promise<AccountHealth> {
  const { read } = database;
  return {
    quickCheck: database.quickCheck(),
    repairedAt: read.state.repair()?.repairedAt ?? null,
    libraryBytes: await fileBytes(folders.database),
    writeAheadBytes: await fileBytes(`${folders.database}-wal`),
    operations: countStates(read.operations.all()),
    transfers: countStates(read.transfers.newestFirst()),
    pictures: await folderSize(folders.pictures),
    bundles: await folderSize(folders.bundles),
    damagedBundles: await folderSize(join(folders.bundles, 'quarantine')),
    uploadCopies: await folderSize(folders.uploadCopies),
  };
}

function countStates(rows: readonly { readonly state: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

async function fileBytes(path: string): Promise<number> {
  return (await stat(path).catch(ifMissing(null)))?.size ?? 0;
}

/** Of the files in the folder itself. */
async function folderSize(folder: string): Promise<FolderSize> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifMissing([]));
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const { name } of files) bytes += await fileBytes(join(folder, name));
  return { files: files.length, bytes };
}
