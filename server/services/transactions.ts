import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Database, Transaction } from '../db/database.ts';
import { type ApiFailure, FailureSignal } from './service-failure.ts';

/** Runs `work` in one transaction: a failure rolls back everything it did, like an exception would. */
export async function inTransaction<Value>(
  db: Database,
  work: (tx: Transaction) => Promise<Result<Value, ApiFailure>>,
): Promise<Result<Value, ApiFailure>> {
  try {
    const value = await db.transaction(async (tx) => {
      const result = await work(tx);
      if (!result.ok) throw new FailureSignal(result.failure);
      return result.value;
    });
    return ok(value);
  } catch (error) {
    if (error instanceof FailureSignal) return fail(error.failure);
    throw error;
  }
}
