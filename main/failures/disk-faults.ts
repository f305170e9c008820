import { causesOf, errorCodeOf } from '../../node/error-code.ts';

/** The primary result codes by which SQLite says that the disk will not take it (sqlite.org/rescode.html), and the system's own. */
const DISK_FAULT = /^(SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY|SQLITE_CANTOPEN|ENOSPC$|EDQUOT$|EROFS$|EIO$)/;

/** Whether writing failed because of the disk, not because of a bug. The transaction was rolled back. */
export function isDiskFault(error: unknown): boolean {
  // Drizzle wraps the driver's error of a failed query into one of its own.
  return causesOf(error).some((cause) => DISK_FAULT.test(errorCodeOf(cause)));
}
