import { accessSync, constants } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { hasErrorCode } from './error-code.ts';

/**
 * What a system says of a file that somebody else has open: a virus scanner, a search indexer or a
 * sync client on Windows, and any network share, which passes on what Windows says. `EBUSY` is a
 * sharing violation, `EPERM` and `EACCES` are a denied access (libuv, src/win/error.c).
 */
const REFUSALS = ['EBUSY', 'EPERM', 'EACCES'] as const;

/**
 * How long to wait before each further attempt, in milliseconds; two seconds together. A scanner
 * releases a small file after some tens of milliseconds, and nobody should wait much longer for an
 * error.
 */
const RETRY_DELAYS_MS = [10, 20, 40, 80, 150, 200, 250, 250, 250, 250, 250, 250] as const;

export interface RetryOptions {
  /** Codes of the errors that may pass. Default: `REFUSALS`. */
  readonly codes?: readonly string[];
  /** Folders without which the call cannot succeed: if one is not writable, waiting is in vain. */
  readonly folders?: readonly string[];
  /** Default: `RETRY_DELAYS_MS`. */
  readonly delaysMs?: readonly number[];
}

/**
 * Repeats a call of the file system that is refused, for two seconds at most. Rejects with the
 * system's error of the last attempt, and immediately with an error that waiting does not change.
 */
export async function retryRefused<Value>(call: () => Promise<Value>, options: RetryOptions = {}): Promise<Value> {
  for (const delayMs of options.delaysMs ?? RETRY_DELAYS_MS) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error, options)) throw error;
    }
    await wait(delayMs);
  }
  return call();
}

/** Like `retryRefused`, for callers that cannot wait otherwise: it blocks the thread. */
export function retryRefusedSync<Value>(call: () => Value, options: RetryOptions = {}): Value {
  for (const delayMs of options.delaysMs ?? RETRY_DELAYS_MS) {
    try {
      return call();
    } catch (error) {
      if (!mayPass(error, options)) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, delayMs);
  }
  return call();
}

function mayPass(error: unknown, { codes = REFUSALS, folders = [] }: RetryOptions): boolean {
  return hasErrorCode(error, ...codes) && folders.every(isWritable);
}

/** On Windows this is true for every folder that exists, so that a refusal there is always retried. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
