import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { hasErrorCode, ifCode, ifMissing, isMissing } from './error-code.ts';

const OWNER_ONLY = 0o700;
const GROUP_MAY_ENTER = 0o010;
const OTHERS = 0o077;

export interface PrivateFolderOptions {
  /** Whether a group may enter the folder, which it cannot list, for an account that needs to. */
  readonly groupMayEnter?: boolean;
}

/**
 * Makes a folder that only this account may use. One that exists and is open to others is closed to
 * them together with everything in it (0700 and 0600), if it is ours. Links are not followed. Makes
 * missing parents with the usual permissions. Rejects with the system's error. On Windows folders
 * inherit their permissions, so there it only makes the folder.
 */
export async function makePrivateFolder(
  path: string,
  { groupMayEnter = false }: PrivateFolderOptions = {},
): Promise<void> {
  await makeFolder(dirname(path));
  if (await isNew(path)) return;
  // With the dot a file is an error.
  const { uid, mode } = await stat(`${path}/.`);
  const kept = groupMayEnter ? mode & GROUP_MAY_ENTER : 0;
  if (uid !== process.getuid?.() || (mode & OTHERS) === kept) return;
  await chmod(path, OWNER_ONLY | kept);
  await closeContents(path);
}

/**
 * Makes a folder and its missing parents. `mkdir` can do that itself, but never returns where a
 * system says that a folder is missing which it does not let anybody make, as in `/proc`.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return;
    if (!isMissing(error)) throw error;
    if (!(await exists(dirname(path)))) await makeFolder(dirname(path));
    // Others may make the same folders at this moment.
    await mkdir(path).catch(ifCode(['EEXIST'], undefined));
  }
}

const exists = (path: string) => stat(path).then(() => true, ifMissing(false));

async function isNew(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: OWNER_ONLY });
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * From the top down: once a folder is closed, nobody else can exchange a file in it for a link. No
 * file is opened, because closing one of `folder-lock.ts` would release it.
 */
async function closeContents(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const facts = await lstat(path);
    if (facts.uid !== process.getuid?.() || !(facts.isDirectory() || facts.isFile())) continue;
    if ((facts.mode & OTHERS) !== 0) await chmod(path, facts.mode & OWNER_ONLY);
    if (facts.isDirectory()) await closeContents(path);
  }
}
