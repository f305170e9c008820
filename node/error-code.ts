/**
 * The code of a system error, such as `ENOENT`; an empty string for an error without one, or for no
 * error at all.
 */
export function errorCodeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errorCodeOf(error));
}

/** Whether an error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return hasErrorCode(error, 'ENOENT');
}

/** Whether an error says that the disk, or the account's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return hasErrorCode(error, 'ENOSPC', 'EDQUOT');
}

/**
 * A handler for `catch` that returns `value` if the file or folder is missing and rethrows every
 * other error: `await readFile(path).catch(ifMissing(null))`.
 */
export function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return ifCode(['ENOENT'], value);
}

/**
 * A handler for `catch` that returns `value` for errors with one of the codes and rethrows every
 * other error.
 */
export function ifCode<Value>(codes: readonly string[], value: Value): (error: unknown) => Value {
  return (error) => {
    if (hasErrorCode(error, ...codes)) return value;
    throw error;
  };
}

/**
 * An error and the errors that caused it, outermost first; empty for anything else that was thrown.
 */
export function causesOf(error: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let at = error; at instanceof Error; at = at.cause) errors.push(at);
  return errors;
}

/** What went wrong and why, in one line: the messages of an error and of its causes. */
export function reasonOf(error: unknown): string {
  return causesOf(error).map(ownReason).filter(Boolean).join(': ') || String(error);
}

function ownReason(error: Error): string {
  // Attempts to connect to several addresses of one name fail together, without a message.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  // The message of a failed query repeats it with its parameters, hashes of passwords included.
  return 'query' in error && 'params' in error ? 'A query failed' : error.message;
}
