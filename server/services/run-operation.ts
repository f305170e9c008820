import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Transaction } from '../db/database.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { claimKey, findReplay, fingerprintOf, type KeyedRequest, keepAnswer } from './idempotency.ts';
import type { ApiFailure } from './service-failure.ts';
import { inTransaction } from './transactions.ts';

const OK_STATUS = 200;

/** One operation, as its key knows it. */
export interface Operation {
  readonly caller: Caller;
  /** The uuid that the client gave it; null: it may happen as often as it is sent. */
  readonly key: string | null;
  /** What is asked for, all of it: the same key with anything else is refused. */
  readonly asked: { readonly operation: string } & Readonly<Record<string, unknown>>;
}

/** An operation's answer, as it is sent to the client. */
export interface Answered<Value> {
  readonly value: Value;
  /** True where this operation had been answered before and nothing was changed now. */
  readonly isReplay: boolean;
}

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/**
 * Runs an operation in one transaction, once per key: the answer is kept in the same transaction, and a repetition gets it without
 * looking at anything else, because what it is about may be gone since. A refusal rolls the key back, so that another try is judged anew.
 * Failures: those of `work`, and `idempotency_key_reused`.
 */
export function runOperation<Value>(
  context: ServiceContext,
  operation: Operation,
  work: (tx: Transaction) => Answer<Value>,
): Answer<Answered<Value>> {
  const keyed = keyedOperation(operation);
  return inTransaction(context.db, async (tx) => {
    if (keyed && !(await claimKey(tx, keyed))) return firstAnswer<Value>(tx, keyed);
    const done = await work(tx);
    if (!done.ok) return done;
    if (keyed) await keepAnswer(tx, keyed, { status: OK_STATUS, response: done.value });
    return ok({ value: done.value, isReplay: false });
  });
}

function keyedOperation({ caller, key, asked }: Operation): KeyedRequest | null {
  return key === null ? null : { userId: caller.userId, key, fingerprint: fingerprintOf(asked) };
}

/** The fingerprint names the operation, so what is kept under it is of its type. */
async function firstAnswer<Value>(tx: Transaction, keyed: KeyedRequest): Answer<Answered<Value>> {
  const kept = await findReplay(tx, keyed);
  if (!kept.ok) return kept;
  // Swept between the two statements, after thirty days: the client may ask again.
  if (!kept.value) return fail({ code: 'unavailable', detail: 'The same operation is just being forgotten.' });
  return ok({ value: kept.value.response as Value, isReplay: true });
}
