import { errorCodeOf } from '../../node/error-code.ts';
import type { Failure, FailureCode } from '../../shared/contract/failure.ts';

/** The operating system's errors that have their own failure. */
const FAILURES = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_quota_exceeded',
  EROFS: 'disk_read_only',
  ENOENT: 'file_gone',
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  EISDIR: 'is_folder',
} as const satisfies Readonly<Record<string, FailureCode>>;

const FILE_CODES: ReadonlySet<FailureCode> = new Set([
  ...Object.values(FAILURES),
  'not_enough_space',
  'file_changed',
  'not_a_file',
  'file_unusable',
]);

/** Whether the failure is about a file or a disk of this computer. */
export function isFileFailure({ code }: Failure): boolean {
  return FILE_CODES.has(code);
}

/**
 * The failure for an error of the operating system about a file. Null: another error, and thus a
 * bug to rethrow.
 */
export function fileFailure(error: unknown): Failure | null {
  const systemCode = errorCodeOf(error);
  if (!/^E[A-Z0-9]+$/.test(systemCode)) return null;
  if (isKnown(systemCode)) return { code: FAILURES[systemCode] };
  return { code: 'file_unusable', systemCode };
}

function isKnown(systemCode: string): systemCode is keyof typeof FAILURES {
  return Object.hasOwn(FAILURES, systemCode);
}
