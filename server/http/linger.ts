import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { MIB } from '../../shared/lib/sizes.ts';
import type { HttpLimits } from './http-limits.ts';

/** What a client may still send after a refusal: more than any upload has. */
const MAX_DROPPED_BYTES = 64 * MIB;

const lingering = new WeakSet<Socket>();

/** Whether the connection has had its last response. */
export const isLingering = (socket: Socket): boolean => lingering.has(socket);

/**
 * Ends a connection after its last response, without losing the response. Closing it at once while
 * bytes are unread would reset it, and the client would see a broken pipe instead of the response.
 * So our side ends first, and what still arrives is dropped until the client ends its side, pauses,
 * or has sent too much.
 */
export function lingerOn(socket: Socket, { lingerPauseMs, lingerMs }: HttpLimits): void {
  if (isLingering(socket)) return;
  lingering.add(socket);
  socket.end();
  const endsAt = performance.now() + lingerMs;
  const firstBytes = socket.bytesRead;
  let lastBytes = firstBytes;
  const timer = setInterval(() => {
    const { bytesRead } = socket;
    const isOver = bytesRead - firstBytes > MAX_DROPPED_BYTES || performance.now() > endsAt;
    if (isOver || bytesRead === lastBytes) socket.destroy();
    lastBytes = bytesRead;
  }, lingerPauseMs);
  socket.once('close', () => clearInterval(timer));
}

/** Whether the request has a body of which a part has not arrived. */
export function hasRest({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

/**
 * Lets the connection of a request end once its response is out, and drops the rest of the body.
 * The response must say `Connection: close`: Node then asks the socket to end with it.
 */
export function endAfterResponse(request: IncomingMessage, limits: HttpLimits): void {
  const { socket } = request;
  socket.destroySoon = () => {
    request.unpipe();
    request.resume();
    // The whole body is here, so nothing is unread.
    request.once('end', () => Socket.prototype.destroySoon.call(socket));
    lingerOn(socket, limits);
  };
}
