import { errorCodeOf } from '../node/error-code.ts';

/** Where a command writes; the terminal, or a test. */
export interface CommandOutput {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Asks a person for one line. Absent where nobody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
}

/** A wrong call, or a file that cannot be used: said in one line, ends with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Describes a system error about a file for people; rethrows any other error. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  const code = errorCodeOf(error);
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'ENOTDIR') return 'it is not a folder';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : error.message;
}
