import type { FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { ServiceFailure } from '../failures/service-failure.ts';
import type { OperationResult } from '../operations/run-operation.ts';

/** Set on a response that is replayed. */
export const REPLAYED_HEADER = 'idempotency-replayed';

/**
 * The request's Idempotency-Key, or null. Fastify has validated it against the route's header
 * schema.
 */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}

/** Returns the response of an operation, and marks a replayed one with a header. */
export function respondToOperation<Value>(
  reply: FastifyReply,
  result: Result<OperationResult<Value>, ServiceFailure>,
): Result<Value, ServiceFailure> {
  if (!result.ok) return result;
  if (result.value.isReplay) reply.header(REPLAYED_HEADER, 'true');
  return ok(result.value.value);
}
