import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../node/log.ts';
import { sha256Hex } from '../../node/sha256.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { type LocalDatabase, openLocalDatabase } from '../db/local-database.ts';
import { type BundleCache, createBundleCache } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { createPictureCache, type PictureCache } from '../files/picture-cache.ts';
import type { PinnedHashes } from '../media/pinned-hashes.ts';
import { effectiveDatabase } from '../outbox/effective-readers.ts';
import type { AccountInfo } from '../session/settings.ts';
import { adoptOlderUploadCopies, removeUnusedUploadCopies } from '../transfers/upload-copies.ts';

/** Pictures of one account on this disk; at 30 kB each this is some 17,000 of them. */
const PICTURE_CACHE_BYTES = 512 * MIB;
/** Bundles of one account on this disk, for previews without a server: at least 40 of the largest, a thousand usual ones. */
const BUNDLE_CACHE_BYTES = 2048 * MIB;

/** The paths of one account. */
export interface AccountFolders {
  readonly database: string;
  readonly pictures: string;
  readonly uploadCopies: string;
  readonly stagedPictures: string;
  readonly stagedCopies: string;
  readonly bundles: string;
}

/** Every account has folders of its own, on the same server too: nobody sees the library of another one. */
function accountFolders(userDataDir: string, { serverUrl, uuid }: AccountInfo): AccountFolders {
  const name = sha256Hex(`${serverUrl}\n${uuid}`).slice(0, 32);
  const folder = join(userDataDir, 'accounts', name);
  return {
    database: join(folder, 'library.db'),
    pictures: join(folder, 'pictures'),
    uploadCopies: join(folder, 'upload-copies'),
    stagedPictures: join(folder, 'staged-pictures'),
    stagedCopies: join(folder, 'staged-copies'),
    bundles: join(folder, 'bundles'),
  };
}

/** Removes what an earlier run left behind: staged files, and copies that no upload needs. */
export async function cleanFolders(folders: AccountFolders, database: LocalDatabase): Promise<void> {
  for (const folder of [folders.stagedPictures, folders.stagedCopies]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  await removeUnusedUploadCopies(folders.uploadCopies, database.read);
}

/** The files of one account on this disk, and its library. */
export interface AccountStorage {
  readonly folders: AccountFolders;
  /** What the server said. */
  readonly database: LocalDatabase;
  /** The same with pending operations laid over it: what people see and decide on. */
  readonly effective: LocalDatabase;
}

export interface StorageOptions {
  readonly userDataDir: string;
  /** The folder with the SQL migrations of the library. */
  readonly migrationsDir: string;
  readonly log: Log;
}

/** Opens the account's library, or makes it. Throws what the disk says. */
export function openStorage({ userDataDir, migrationsDir, log }: StorageOptions, info: AccountInfo): AccountStorage {
  const folders = accountFolders(userDataDir, info);
  adoptOlderUploadCopies(folders.uploadCopies);
  const database = openLocalDatabase({
    path: folders.database,
    migrationsDir,
    onQuarantine: (movedTo) => log.warn('The local library could not be read; a new one was started', { movedTo }),
  });
  return { folders, database, effective: effectiveDatabase(database) };
}

export function openPictureCache({ folders }: AccountStorage): PictureCache {
  return createPictureCache(folders.pictures, PICTURE_CACHE_BYTES);
}

interface BundleCacheParts {
  readonly fileWorkers: FileWorkers;
  readonly log: Log;
}

export function openBundleCache(
  { folders }: AccountStorage,
  { fileWorkers, log }: BundleCacheParts,
  pinned: PinnedHashes,
): BundleCache {
  return createBundleCache({
    folder: folders.bundles,
    capBytes: BUNDLE_CACHE_BYTES,
    isPinned: (sha256) => pinned.has(sha256),
    measure: async (path) => {
      const measured = await fileWorkers.measure({ path });
      return measured.ok ? measured.value : null;
    },
    onQuarantine: (movedTo) => log.warn('A cached bundle was damaged; it was moved aside', { movedTo }),
  });
}
