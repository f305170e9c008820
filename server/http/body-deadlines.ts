import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { KIB } from '../../shared/lib/sizes.ts';
import type { ServiceFailure } from '../failures/service-failure.ts';
import type { HttpLimits } from './http-limits.ts';
import { hasRest } from './linger.ts';
import { refuseConnection } from './raw-problems.ts';

/** Slower than the slowest mobile network, averaged over a window. */
const MIN_UPLOAD_BYTES_PER_SECOND = KIB;

/**
 * Threat: bodies that arrive a byte at a time and occupy connections and descriptors. Uploads may
 * take as long as they need while they make progress; every other body has a deadline.
 */
export function registerBodyDeadlines(app: FastifyInstance, limits: HttpLimits): void {
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (!hasRest(raw)) return;
    const definition = routeOptions.config?.definition;
    const isUpload = definition?.multipart !== undefined || definition?.isByteStream === true;
    const timer = isUpload ? watchProgress(raw, limits) : setTimeout(() => cut(raw, limits), limits.bodyMs);
    raw.once('close', () => clearTimeout(timer));
  });
}

function watchProgress(request: IncomingMessage, limits: HttpLimits): NodeJS.Timeout {
  const minBytes = (limits.uploadWindowMs / SECOND_MS) * MIN_UPLOAD_BYTES_PER_SECOND;
  let seenBytes = request.socket.bytesRead;
  return setInterval(() => {
    const { bytesRead } = request.socket;
    // Bytes that the server itself has not read yet are not the client's delay.
    if (bytesRead - seenBytes < minBytes && request.readableLength === 0) cut(request, limits);
    seenBytes = bytesRead;
  }, limits.uploadWindowMs);
}

function cut(request: IncomingMessage, limits: HttpLimits): void {
  if (request.complete || request.socket.destroyed) return;
  refuseConnection(request.socket, TOO_SLOW, limits);
  // Ends whatever waits for the body.
  request.destroy();
}

const TOO_SLOW: ServiceFailure = {
  code: 'request_timeout',
  detail: 'The body of the request took too long. Nothing was changed.',
};
