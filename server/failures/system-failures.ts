import { causesOf, errorCodeOf } from '../../node/error-code.ts';
import type { ServiceFailure } from './service-failure.ts';

// SQLSTATEs (PostgreSQL, appendix A) and error codes of the operating system.

/** Connection exceptions, shutdown, too many connections; sockets refused, reset, timed out. */
const DATABASE_AWAY = /^(?:08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT)$/;
const DATABASE_AWAY_MESSAGE = /timeout exceeded when trying to connect|Connection terminated/;
/** `disk_full`, and what the file system says about it. */
const DISK_FULL = /^(?:53100|ENOSPC|EDQUOT)$/;
/** No descriptor is left, in this process or in the system. */
const NO_DESCRIPTORS = /^(?:EMFILE|ENFILE)$/;
/**
 * A text that PostgreSQL cannot store or read as the type of its column: malformed Unicode, NUL, a
 * malformed number or UUID.
 */
const UNSTORABLE_TEXT = /^(?:22021|22P02|22P05)$/;

/** The failure that an error of the database or the operating system means; null for any other. */
export function systemFailureOf(error: unknown): ServiceFailure | null {
  const causes = causesOf(error);
  const has = (codes: RegExp) => causes.some((cause) => codes.test(errorCodeOf(cause)));
  if (has(DATABASE_AWAY) || causes.some(({ message }) => DATABASE_AWAY_MESSAGE.test(message))) {
    return { code: 'unavailable', detail: 'The server cannot reach its database at the moment.' };
  }
  if (has(DISK_FULL)) return { code: 'storage_full', detail: 'The server has no room left. Nothing was changed.' };
  if (has(NO_DESCRIPTORS)) return { code: 'unavailable', detail: 'The server has too many open files at the moment.' };
  if (has(UNSTORABLE_TEXT)) {
    return { code: 'invalid_request', detail: 'The request contains characters that cannot be stored.' };
  }
  return null;
}
