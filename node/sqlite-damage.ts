import { causesOf, errorCodeOf } from './error-code.ts';

/** SQLite's result codes for a damaged file, extended ones included (sqlite.org/rescode.html). */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|IOERR_CORRUPTFS)/;

export const isDamageCode = (code: string): boolean => DAMAGE.test(code);

/**
 * Whether an error of a query says that the SQLite file is damaged: its pages, or JSON in them,
 * which only this program writes.
 */
export function isSqliteDamage(error: unknown): boolean {
  // Drizzle wraps the driver's error of a failed query.
  return causesOf(error).some(
    (cause) =>
      isDamageCode(errorCodeOf(cause)) ||
      cause instanceof SyntaxError ||
      (errorCodeOf(cause) === 'SQLITE_ERROR' && cause.message === 'malformed JSON'),
  );
}
