import { causesOf, errorCodeOf } from '../../node/error-code.ts';
import { isDamageCode } from '../../node/sqlite-damage.ts';
import type { FailureOf } from '../../shared/contract/failure.ts';

/**
 * SQLite's primary result codes for a disk that cannot be written (sqlite.org/rescode.html), and
 * the system's own.
 */
const DISK_FAULT = /^(SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY|SQLITE_CANTOPEN|ENOSPC$|EDQUOT$|EROFS$|EIO$)/;

export type WriteFailure = FailureOf<'library_not_written' | 'library_damaged'>;

/**
 * The failure if writing failed because of the disk or of a damaged library; null for a bug. The
 * transaction was rolled back.
 */
export function writeFailure(error: unknown): WriteFailure | null {
  // Drizzle wraps the driver's error of a failed query in its own.
  const codes = causesOf(error).map(errorCodeOf);
  if (codes.some(isDamageCode)) return { code: 'library_damaged' };
  const systemCode = codes.find((code) => DISK_FAULT.test(code));
  return systemCode === undefined ? null : { code: 'library_not_written', systemCode };
}
