import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PostgresAccount } from './account.ts';

const OTHERS_MAY_ENTER = 0o001;
const GROUP_MAY_ENTER = 0o010;
const OWNER_MAY_ENTER = 0o100;

/**
 * Whether the account may enter every folder down to and including `dir`. Checks the permissions of
 * folders only, not access control lists.
 */
export async function canReach(account: PostgresAccount, dir: string): Promise<boolean> {
  if (!account) return true;
  for (let folder = dir; ; folder = dirname(folder)) {
    if (!mayEnter(account, await stat(folder))) return false;
    if (folder === dirname(folder)) return true;
  }
}

interface FolderRights {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** The classic Unix rule: owner, else group, else others. */
export function mayEnter(account: { readonly uid: number; readonly gid: number }, folder: FolderRights): boolean {
  if (folder.uid === account.uid) return (folder.mode & OWNER_MAY_ENTER) !== 0;
  if (folder.gid === account.gid) return (folder.mode & GROUP_MAY_ENTER) !== 0;
  return (folder.mode & OTHERS_MAY_ENTER) !== 0;
}
