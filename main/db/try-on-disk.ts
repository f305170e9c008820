import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { type WriteFailure, writeFailure } from '../failures/disk-faults.ts';

/**
 * Runs a transaction. A disk that cannot be written is a failure; everything else that is thrown
 * passes through.
 */
export function tryOnDisk<Value>(transaction: () => Value): Result<Value, WriteFailure> {
  try {
    return ok(transaction());
  } catch (error) {
    const failure = writeFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}
