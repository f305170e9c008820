import { errorCodeOf } from '../../node/error-code.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';

const GONE: Omit<Failure, 'code'> = {
  title: 'The file is gone',
  detail: 'It was moved, renamed or deleted since it was chosen.',
  hint: 'Drop it again from where it lies now.',
};

const WORDS: Readonly<Record<string, Omit<Failure, 'code'>>> = {
  ENOSPC: {
    title: 'The disk is full',
    detail: 'There is not enough free space on this machine’s disk for the file.',
    hint: 'Free some space, then try again.',
  },
  EDQUOT: {
    title: 'The disk quota is used up',
    detail: 'Your account on this machine may not store more.',
    hint: 'Free some space, then try again.',
  },
  ENOENT: GONE,
  EACCES: {
    title: 'No permission',
    detail: 'This machine does not allow the application to read or write that file.',
    hint: 'Check the permissions of the file and its folder.',
  },
  EROFS: {
    title: 'The disk is read-only',
    detail: 'Nothing can be written there.',
    hint: 'Choose another folder for downloads, or unlock the disk.',
  },
  EISDIR: {
    title: 'That is a folder',
    detail: 'A folder was received where a file was expected.',
    hint: 'Drop the files inside it.',
  },
};
const ALIASES: Readonly<Record<string, string>> = { EPERM: 'EACCES' };

const DISK: ApplicationFailureCode = 'disk';

/** An operating system error about a file, in words for people; null if the error is none, and thus a bug to rethrow. */
export function fileFailure(error: unknown): Failure | null {
  const code = errorCodeOf(error);
  if (!/^E[A-Z0-9]+$/.test(code)) return null;
  const words = WORDS[ALIASES[code] ?? code];
  return words === undefined
    ? { code: DISK, title: 'The file could not be used', detail: `The operating system answered ${code}.` }
    : { code: DISK, ...words };
}

export const NOT_A_FILE: Failure = {
  code: DISK,
  title: 'That is not a file',
  detail: 'A folder, a device or a pipe was received where a file was expected.',
  hint: 'Drop .gab files, or a folder with .gab files in it.',
};

export const FILE_GONE: Failure = { code: DISK, ...GONE };

/** The file at a path is not the one that was checked. */
export const FILE_CHANGED: Failure = {
  code: DISK,
  title: 'The file changed',
  detail: 'It is not the same file any more that was checked here.',
  hint: 'Drop it again to have the new content checked.',
};
