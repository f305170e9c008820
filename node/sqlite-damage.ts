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

/**
 * Runs what a timer started. If it finds the library damaged, that has been noticed where it was
 * read, and the account is about to be closed and opened again: there is no caller to notify, and an
 * uncaught error would end the process. Other errors pass through.
 */
export function unlessDamaged(run: () => void): void {
  try {
    run();
  } catch (error) {
    ignoreDamage(error);
  }
}

/** The same for a promise that nobody awaits: `work().catch(ignoreDamage)`. */
export function ignoreDamage(error: unknown): void {
  if (!isSqliteDamage(error)) throw error;
}
