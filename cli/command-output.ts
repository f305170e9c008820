import { errorCodeOf } from '../node/error-code.ts';

/** Where a command writes: the terminal, or a test. */
export interface CommandOutput {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Asks the user for one line. Absent if the input is not a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Whether standard error is a terminal, which can redraw a line. */
  readonly isTerminal?: boolean;
  /** By default that of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A wrong call, or a file that can't be used. Reported in one line; ends with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Describes a system error about a file; rethrows any other error. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  const code = errorCodeOf(error);
  if (code === 'ENOENT') return 'file not found';
  if (code === 'ENOTDIR') return 'not a folder';
  if (code === 'EISDIR') return 'this is a folder';
  return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : error.message;
}
