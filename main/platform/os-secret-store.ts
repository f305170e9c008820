import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import type { Log } from '../../node/log.ts';
import { createFileSecretStore } from './file-secret-store.ts';
import type { SecretStore } from './secret-store.ts';

const FILE_NAME = 'sign-in-token.sealed';
/** Sealed or not, nobody else needs to read it. */
const OWNER_ONLY = 0o600;

/** The asynchronous calls only: the synchronous ones are deprecated, and on Linux they can stop the whole process at a prompt. */
export type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface SecretStoreOptions {
  readonly safeStorage: AsyncSafeStorage;
  readonly platform: NodeJS.Platform;
  readonly userDataDir: string;
  readonly log: Log;
}

/**
 * The operating system's safe storage where it really protects, else the 0600 file. A token that an earlier start had to
 * leave in the plain file moves over as soon as it can.
 */
export async function chooseSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const file = createFileSecretStore(options.userDataDir);
  if (!(await isProtecting(options))) return file;
  const store = createOsSecretStore(options);
  const left = await file.read();
  if (left !== null) {
    await store.write(left);
    await file.clear();
  }
  return store;
}

/** Linux without a key ring "encrypts" with a password that stands in Chromium's source: that is no protection. */
async function isProtecting({ safeStorage, platform, log }: SecretStoreOptions): Promise<boolean> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false;
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch (error) {
    log.warn('safe storage does not answer', { reason: String(error) });
    return false;
  }
}

function createOsSecretStore({ safeStorage, userDataDir, log }: SecretStoreOptions): SecretStore {
  const path = join(userDataDir, FILE_NAME);
  const write = async (secret: string) =>
    writeFileAtomic(path, await safeStorage.encryptStringAsync(secret), OWNER_ONLY);
  return {
    kind: 'os',
    write,
    clear: () => rm(path, { force: true }),
    async read() {
      const sealed = await readFile(path).catch(ifMissing(null));
      if (sealed === null) return null;
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
        if (shouldReEncrypt) await write(result);
        return result;
      } catch (error) {
        // The key ring was reset or the file came from another machine: signing in again is all it takes.
        log.warn('the sign-in token cannot be unsealed', { reason: String(error) });
        await rename(path, `${path}.unreadable`);
        return null;
      }
    },
  };
}
