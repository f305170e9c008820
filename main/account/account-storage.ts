import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../node/log.ts';
import { removeFile, removeFolder } from '../../node/remove.ts';
import { sha256Hex } from '../../node/sha256.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { type LocalDatabase, openLocalDatabase } from '../db/local-database.ts';
import { type BundleCache, createBundleCache } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { createPictureCache, type PictureCache } from '../files/picture-cache.ts';
import type { PinnedHashes } from '../media/pinned-hashes.ts';
import { effectiveDatabase } from '../outbox/effective-readers.ts';
import type { AccountInfo } from '../session/settings.ts';
import { adoptOlderUploadCopies, setUnusedUploadCopiesAside } from '../transfers/upload-copies.ts';

/** Limit for the pictures of one account: about 17,000 of them at 30 kB each. */
const PICTURE_CACHE_BYTES = 512 * MIB;
/**
 * Limit for the bundles of one account, kept for offline previews: 40 of the largest, or about
 * 1,000 of typical size.
 */
const BUNDLE_CACHE_BYTES = 2048 * MIB;

/** The paths of one account. */
export interface AccountFolders {
  readonly database: string;
  readonly pictures: string;
  readonly uploadCopies: string;
  readonly stagedPictures: string;
  readonly stagedCopies: string;
  readonly bundles: string;
  /** Copies of bundles that are dragged out of the window. */
  readonly dragCopies: string;
}

/**
 * Every account has separate folders, even on the same server, so that nobody sees another person's
 * library.
 */
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
    dragCopies: join(folder, 'dragged'),
  };
}

/**
 * Removes pictures of staged files and dragged files of an earlier run, and staged copies that no
 * upload sheet has.
 */
export async function cleanFolders(folders: AccountFolders, database: LocalDatabase): Promise<void> {
  for (const folder of [folders.stagedPictures, folders.dragCopies]) {
    await removeFolder(folder);
    await mkdir(folder, { recursive: true });
  }
  await mkdir(folders.stagedCopies, { recursive: true });
  // A rebuilt library may lack rows; then a copy may be all that is left of somebody's work.
  if (database.read.state.repair() !== null) return;
  const kept = new Set(database.read.stagedFiles.all().map(({ path }) => path));
  for (const name of await readdir(folders.stagedCopies)) {
    const path = join(folders.stagedCopies, name);
    if (!kept.has(path)) await removeFile(path);
  }
}

/** Sets upload copies aside that no upload needs, and returns their number. */
export function setUnneededCopiesAside(folders: AccountFolders, database: LocalDatabase): Promise<number> {
  return setUnusedUploadCopiesAside(folders.uploadCopies, database.read);
}

/** The cached files of one account, and its library. */
export interface AccountStorage {
  readonly folders: AccountFolders;
  /** Rows as the server sent them. */
  readonly database: LocalDatabase;
  /** The same rows with pending operations applied: what people see and base their decisions on. */
  readonly effective: LocalDatabase;
}

export interface StorageOptions {
  readonly userDataDir: string;
  /** The folder with the SQL migrations of the library. */
  readonly migrationsDir: string;
  readonly log: Log;
  /** Called once, when a query finds the library damaged; opening it again rebuilds it. */
  onLibraryDamage(): void;
}

/** Opens the account's library, or creates it. Throws the operating system's error. */
export function openStorage(options: StorageOptions, info: AccountInfo): AccountStorage {
  const { userDataDir, migrationsDir, log } = options;
  const folders = accountFolders(userDataDir, info);
  adoptOlderUploadCopies(folders.uploadCopies);
  const database = openLocalDatabase({
    path: folders.database,
    migrationsDir,
    onQuarantine: (movedTo) =>
      log.warn('The local library was damaged; it was set aside and a new one was created', { movedTo }),
    onDamage: () => {
      log.error('A query found the local library damaged', { path: folders.database });
      options.onLibraryDamage();
    },
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
    onQuarantine: (movedTo) => log.warn('A cached bundle was damaged; it was set aside', { movedTo }),
  });
}
