import type { FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { Answered } from '../services/run-operation.ts';
import type { ApiFailure } from '../services/service-failure.ts';

/** Set on an answer that was given before. */
export const REPLAYED_HEADER = 'idempotency-replayed';

/** Checked against the route's header schema by Fastify. */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}

/** The answer itself; that it is an old one is said in a header. */
export function answerOperation<Value>(
  reply: FastifyReply,
  answered: Result<Answered<Value>, ApiFailure>,
): Result<Value, ApiFailure> {
  if (!answered.ok) return answered;
  if (answered.value.isReplay) reply.header(REPLAYED_HEADER, 'true');
  return ok(answered.value.value);
}
