import { fail, ok } from '../../shared/lib/result.ts';
import { FailureSignal, type ServiceResult } from '../failures/service-failure.ts';
import type { Database, Transaction } from './database.ts';

/** Runs `work` in one transaction. A failure rolls back everything it did, like an exception. */
export async function inTransaction<Value>(
  db: Database,
  work: (tx: Transaction) => ServiceResult<Value>,
): ServiceResult<Value> {
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
