import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import type { Log } from '../../node/log.ts';
import { removeFile } from '../../node/remove.ts';
import { renameFile } from '../../node/rename.ts';
import { createFileSecretStore } from './file-secret-store.ts';
import type { SecretStore } from './secret-store.ts';

const FILE_NAME = 'sign-in-token.sealed';
/** Even sealed, the file is nobody else's business. */
const OWNER_ONLY = 0o600;

/**
 * Only the asynchronous calls: the synchronous ones are deprecated, and on Linux a prompt can block
 * the whole process.
 */
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
 * Returns the operating system's safe storage if it really protects secrets, else the 0600 file.
 * Moves a token that an earlier start left in the plain file into the safe storage.
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

/**
 * Without a key ring, Linux "encrypts" with a password from Chromium's source code, which protects
 * nothing.
 */
async function isProtecting({ safeStorage, platform, log }: SecretStoreOptions): Promise<boolean> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false;
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch (error) {
    log.warn('Safe storage is not available', { reason: String(error) });
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
    clear: () => removeFile(path),
    async read() {
      const sealed = await readFile(path).catch(ifMissing(null));
      if (sealed === null) return null;
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
        if (shouldReEncrypt) await write(result);
        return result;
      } catch (error) {
        // The key ring was reset or the file comes from another machine. Signing in again is
        // enough.
        log.warn('The sign-in token could not be decrypted', { reason: String(error) });
        await renameFile(path, `${path}.unreadable`);
        return null;
      }
    },
  };
}
