import { causesOf, errorCodeOf } from '../../node/error-code.ts';

/**
 * The user data folder cannot be used. Not a bug, so its message is a sentence for people and needs
 * no stack.
 */
export class UserFolderError extends Error {
  override readonly name: string = 'UserFolderError';
}

interface Problem {
  readonly what: string;
  readonly hint: string;
}

const FULL: Problem = { what: 'the disk is full', hint: 'Free some space, then start Gabinet again.' };
const READ_ONLY: Problem = { what: 'the disk is read-only', hint: 'Unlock the disk, then start Gabinet again.' };
const FORBIDDEN: Problem = {
  what: 'this account may not write to it',
  hint: 'It may belong to somebody else: change its owner or its permissions, then start Gabinet again.',
};
const FILE: Problem = {
  what: 'a file is where a folder should be',
  hint: 'Move the file away, then start Gabinet again.',
};
const UNREADABLE: Problem = {
  what: 'it cannot be read or written',
  hint: 'Check its disk, then start Gabinet again.',
};

/** By the operating system's codes, and SQLite's primary ones. */
const PROBLEMS: Readonly<Record<string, Problem>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  SQLITE_FULL: FULL,
  EROFS: READ_ONLY,
  SQLITE_READONLY: READ_ONLY,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  SQLITE_CANTOPEN: FORBIDDEN,
  ENOTDIR: FILE,
  EEXIST: FILE,
  EISDIR: FILE,
  EIO: UNREADABLE,
  ENOENT: UNREADABLE,
  ENXIO: UNREADABLE,
  SQLITE_IOERR: UNREADABLE,
};

/**
 * What an error says about the user data folder. Returns an error that is about something else as it
 * is.
 */
export function aboutUserFolder(folder: string, error: unknown): unknown {
  const code = causesOf(error)
    .map(errorCodeOf)
    // SQLite's extended codes begin with the primary one: `SQLITE_IOERR_WRITE`.
    .map((one) => (one.startsWith('SQLITE_') ? one.split('_').slice(0, 2).join('_') : one))
    .find((one) => Object.hasOwn(PROBLEMS, one));
  const problem = code === undefined ? undefined : PROBLEMS[code];
  if (problem === undefined) return error;
  const { what, hint } = problem;
  return new UserFolderError(`Gabinet keeps its data in ${folder}, but ${what} (${code}). ${hint}`, { cause: error });
}
