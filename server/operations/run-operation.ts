import { fail, ok } from '../../shared/lib/result.ts';
import type { Caller } from '../access/caller.ts';
import type { ServiceContext } from '../context.ts';
import type { Transaction } from '../db/database.ts';
import { inTransaction } from '../db/transactions.ts';
import type { ServiceResult } from '../failures/service-failure.ts';
import { claimKey, findReplay, fingerprintOf, type KeyedRequest, storeResponse } from './idempotency.ts';

const OK_STATUS = 200;

/** A write that a client may send more than once. */
export interface KeyedOperation {
  readonly caller: Caller;
  /** The UUID that the client chose for the operation; null if it may run each time it is sent. */
  readonly key: string | null;
  /** Everything the operation asks for: the same key with a different request is refused. */
  readonly request: { readonly operation: string } & Readonly<Record<string, unknown>>;
}

/** The result of an operation as the client gets it. */
export interface OperationResult<Value> {
  readonly value: Value;
  /** True if the operation ran before; now nothing was changed. */
  readonly isReplay: boolean;
}

/**
 * Runs an operation in one transaction, once per key. The response is stored in the same
 * transaction, and a repeated request gets it without any other check, because the data may have
 * changed since then. A failure rolls the key back, so that the next attempt is judged again.
 * Failures: those of `work`, and `idempotency_key_reused`.
 */
export function runOperation<Value>(
  context: ServiceContext,
  operation: KeyedOperation,
  work: (tx: Transaction) => ServiceResult<Value>,
): ServiceResult<OperationResult<Value>> {
  const keyed = keyedOperation(operation);
  return inTransaction(context.db, async (tx) => {
    if (keyed && !(await claimKey(tx, keyed))) return replay<Value>(tx, keyed);
    const done = await work(tx);
    if (!done.ok) return done;
    if (keyed) await storeResponse(tx, keyed, { status: OK_STATUS, response: done.value });
    return ok({ value: done.value, isReplay: false });
  });
}

function keyedOperation({ caller, key, request }: KeyedOperation): KeyedRequest | null {
  return key === null ? null : { userId: caller.userId, key, fingerprint: fingerprintOf(request) };
}

/**
 * The fingerprint includes the operation's name, so a stored response has this operation's type.
 */
async function replay<Value>(tx: Transaction, keyed: KeyedRequest): ServiceResult<OperationResult<Value>> {
  const stored = await findReplay(tx, keyed);
  if (!stored.ok) return stored;
  // The key was swept between the two statements, after thirty days. The client may send it again.
  if (!stored.value)
    return fail({
      code: 'unavailable',
      detail: 'The stored result of this operation has just expired. Send it again.',
    });
  return ok({ value: stored.value.response as Value, isReplay: true });
}
