import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteDefinition } from '../../shared/api/define-route.ts';
import type { Caller } from '../access/caller.ts';
import type { ServiceResult } from '../failures/service-failure.ts';
import type { FairQueue } from '../queues/fair-queue.ts';
import { queuePlaceOf } from '../queues/request-queues.ts';

interface QueuedRequest {
  readonly definition: RouteDefinition;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Runs a handler when it is the caller's turn. A response of bytes keeps its place until the last
 * byte is sent or the client is gone. Failures: those of `FairQueue.enter`, and of the handler.
 */
export async function queued<Value>(
  queue: FairQueue,
  { definition, request, reply }: QueuedRequest,
  handler: () => ServiceResult<Value>,
): ServiceResult<Value> {
  if (request.caller === null) throw new Error(`${definition.path} is queued, but anybody may call it`);
  const entered = await queue.enter(queuePlaceOf(request.caller), goneSignal(reply));
  if (!entered.ok) return entered;
  const leave = entered.value;
  if (definition.response === 'binary') {
    reply.raw.once('close', leave);
    // The client may have gone between its turn and this line.
    if (reply.raw.closed) leave();
    return handler();
  }
  try {
    return await handler();
  } finally {
    leave();
  }
}

/**
 * Looks up the caller of a request when it is the turn of its token. A request without a token
 * needs no look-up and does not wait. Failures: those of `FairQueue.enter`, and of the look-up.
 */
export function callerInTurn(
  queue: FairQueue,
  { request, reply }: Pick<QueuedRequest, 'request' | 'reply'>,
  authenticate: () => ServiceResult<Caller | null>,
): ServiceResult<Caller | null> {
  const token = request.headers.authorization;
  return token === undefined
    ? authenticate()
    : queue.run({ customer: token, user: token }, goneSignal(reply), authenticate);
}

/** Aborted when the connection ends before the response does. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  if (reply.raw.closed || reply.raw.destroyed) gone.abort();
  else reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
