import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';
import type { ServiceFailure } from '../failures/service-failure.ts';
import { clientNetworkOf } from './client-networks.ts';
import type { HttpLimits } from './http-limits.ts';
import { sendProblem } from './problems.ts';

/** Connections above the limit that still learn why; those beyond are closed at once. */
const REFUSABLE_CONNECTIONS = 64;
/** How long a refused connection may take to send its request, which then gets the reason. */
const REFUSED_MS = 5 * SECOND_MS;
const RETRY_SECONDS = 5;
/** Somebody who floods the server must not flood its log, too. */
const WARNING_MS = MINUTE_MS;

/**
 * Threat: somebody opens connections until nobody else can. Behind a proxy all connections come
 * from it, so `hasProxy` leaves the limit of one network to the proxy.
 */
export function registerConnectionCaps(
  app: FastifyInstance,
  { connections, connectionsPerNetwork }: HttpLimits,
  hasProxy: boolean,
): void {
  const refused = new WeakMap<Socket, ServiceFailure>();
  const perNetwork = new Map<string, number>();
  let total = 0;
  let warnedAtMs = Number.NEGATIVE_INFINITY;
  const warn = ({ detail }: ServiceFailure): void => {
    const nowMs = performance.now();
    if (nowMs - warnedAtMs < WARNING_MS) return;
    warnedAtMs = nowMs;
    app.log.warn({ connections: total }, detail);
  };
  const judge = (ofNetwork: number): ServiceFailure | null => {
    if (total > connections) return FULL;
    return !hasProxy && ofNetwork > connectionsPerNetwork ? TOO_MANY : null;
  };
  app.server.maxConnections = connections + REFUSABLE_CONNECTIONS;
  app.server.on('connection', (socket: Socket) => {
    const network = clientNetworkOf(socket.remoteAddress ?? '');
    const ofNetwork = (perNetwork.get(network) ?? 0) + 1;
    perNetwork.set(network, ofNetwork);
    total += 1;
    socket.once('close', () => {
      const left = (perNetwork.get(network) ?? 1) - 1;
      if (left > 0) perNetwork.set(network, left);
      else perNetwork.delete(network);
      total -= 1;
    });
    const failure = judge(ofNetwork);
    if (failure) refuse(socket, failure);
  });
  app.server.on('drop', () => warn(FULL));
  const refuse = (socket: Socket, failure: ServiceFailure): void => {
    warn(failure);
    refused.set(socket, failure);
    const timer = setTimeout(() => socket.destroy(), REFUSED_MS);
    socket.once('close', () => clearTimeout(timer));
  };
  app.addHook('onRequest', async (request, reply) => {
    const failure = refused.get(request.raw.socket);
    if (failure) await sendProblem(request, reply.header('connection', 'close'), failure);
  });
}

const FULL: ServiceFailure = {
  code: 'unavailable',
  detail: 'The server has too many connections at the moment.',
  retryAfterSeconds: RETRY_SECONDS,
};

const TOO_MANY: ServiceFailure = {
  code: 'too_many_requests',
  detail: 'There are too many connections from your network.',
  hint: 'Close some of them, or reuse them for several requests.',
  retryAfterSeconds: RETRY_SECONDS,
};
