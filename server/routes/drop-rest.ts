import type { IncomingMessage } from 'node:http';
import { MIB } from '../../shared/lib/sizes.ts';

/** What a client may still send after it was refused; then the connection is cut. */
const MAX_DROPPED_BYTES = 64 * MIB;

/**
 * Reads and forgets what is left of a request that was answered early. Cutting the connection at once would reset it,
 * and the client would see a broken pipe instead of the answer that says why.
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
