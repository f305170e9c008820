import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../node/log.ts';
import { sha256Hex } from '../../node/sha256.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import type { ApiClient } from '../api/api-client.ts';
import { fetchReceipt } from '../api/upload-receipts.ts';
import { type LocalDatabase, openLocalDatabase } from '../db/local-database.ts';
import { type BundleCache, createBundleCache } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { createPictureCache } from '../files/picture-cache.ts';
import { createPictures, type Pictures } from '../media/pictures.ts';
import type { AccountInfo } from '../session/settings.ts';
import { adoptOlderUploadCopies, removeUnusedUploadCopies } from '../transfers/upload-copies.ts';

/** Pictures of one account on this disk; at 30 kB each this is some 17,000 of them. */
const PICTURE_CACHE_BYTES = 512 * MIB;
/** Bundles of one account on this disk, for previews without a server: at least 40 of the largest, a thousand usual ones. */
const BUNDLE_CACHE_BYTES = 2048 * MIB;

/** Where the library of one account lies. */
export interface AccountFolders {
  readonly database: string;
  readonly pictures: string;
  readonly uploadCopies: string;
  readonly stagedPictures: string;
  readonly stagedCopies: string;
  readonly bundles: string;
}

/** Other accounts on this machine have other folders, also on the same server: nobody sees another one's library. */
export function accountFolders(userDataDir: string, { serverUrl, uuid }: AccountInfo): AccountFolders {
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

/** Removes what an earlier run left and nobody needs. */
export async function cleanFolders(folders: AccountFolders, database: LocalDatabase): Promise<void> {
  for (const folder of [folders.stagedPictures, folders.stagedCopies]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  await removeUnusedUploadCopies(folders.uploadCopies, database.read);
}

export function openAccountDatabase(folders: AccountFolders, migrationsDir: string, log: Log): LocalDatabase {
  adoptOlderUploadCopies(folders.uploadCopies);
  return openLocalDatabase({
    path: folders.database,
    migrationsDir,
    onQuarantine: (movedTo) => log.warn('The local library could not be read and was begun anew', { movedTo }),
  });
}

export function createAccountPictures(folder: string, parts: PicturesParts): Pictures {
  const { api, database, log } = parts;
  return createPictures({
    api,
    database,
    cache: createPictureCache(folder, PICTURE_CACHE_BYTES),
    onError: (error) => log.warn('A picture could not be kept', { error: String(error) }),
  });
}

export function createAccountBundleCache(folder: string, parts: BundleParts): BundleCache {
  const { fileWorkers, log } = parts;
  return createBundleCache({
    folder,
    capBytes: BUNDLE_CACHE_BYTES,
    isPinned: (sha256) => parts.isPinned(sha256),
    measure: async (path) => {
      const answer = await fileWorkers.measure({ path });
      return answer.ok ? answer.value : null;
    },
    onQuarantine: (movedTo) => log.warn('A kept bundle is not what it was; it was put aside', { movedTo }),
  });
}

interface BundleParts {
  readonly fileWorkers: FileWorkers;
  readonly log: Log;
  isPinned(sha256: string): boolean;
}

interface PicturesParts {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly log: Log;
}

/** Whether the server has all of an upload that was just cut off. */
export async function isUploadWithServer(api: ApiClient, transferId: string): Promise<boolean> {
  const receipt = await fetchReceipt(api, transferId);
  return receipt.ok && (receipt.value?.state === 'checking' || receipt.value?.state === 'stored');
}
