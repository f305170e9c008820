import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpLimits } from './http-limits.ts';
import { endAfterResponse, hasRest } from './linger.ts';

/**
 * A response that is sent before the whole body has arrived is the last one of its connection.
 * Otherwise the next request would be read as the rest of the body, and wait until some timer ends
 * the connection.
 */
export function registerEarlyResponses(app: FastifyInstance, limits: HttpLimits): void {
  app.addHook('onSend', async (request, reply) => endEarly(request, reply, limits));
}

/** The same for a response outside of routes, for which no hook runs. */
export function endEarly({ raw }: FastifyRequest, reply: FastifyReply, limits: HttpLimits): void {
  if (!hasRest(raw)) return;
  reply.header('connection', 'close');
  endAfterResponse(raw, limits);
}
