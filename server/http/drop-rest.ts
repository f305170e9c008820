import type { IncomingMessage } from 'node:http';
import { MIB } from '../../shared/lib/sizes.ts';

/**
 * The number of bytes that a client may still send after a failure; then the connection is closed.
 */
const MAX_DROPPED_BYTES = 64 * MIB;

/**
 * Reads and discards the rest of a request that was answered early. Closing the connection at once
 * would reset it, and the client would see a broken pipe instead of the response that says why.
 */
export function dropRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.unpipe();
  let droppedBytes = 0;
  request.on('data', (block: Buffer) => {
    droppedBytes += block.byteLength;
    if (droppedBytes > MAX_DROPPED_BYTES) request.destroy();
  });
  request.resume();
}
