import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';
import type { SecretStore } from './secret-store.ts';

const FILE_NAME = 'sign-in-token';
/** Readable by the user only. The sign-in screen says that the token is stored in a file. */
const OWNER_ONLY = 0o600;

/**
 * Stores the sign-in token in a file of the user data folder, for shells and machines without safe
 * storage.
 */
export function createFileSecretStore(userDataDir: string): SecretStore {
  const path = join(userDataDir, FILE_NAME);
  return {
    kind: 'file',
    read: () => readTextIfThere(path),
    write: (secret) => writeFileAtomic(path, secret, OWNER_ONLY),
    clear: () => removeFile(path),
  };
}

async function readTextIfThere(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(ifMissing(''));
  return text === '' ? null : text;
}
