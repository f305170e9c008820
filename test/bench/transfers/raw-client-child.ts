import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { MIB } from '../../../shared/lib/sizes.ts';
import { answerCalls } from './child-calls.ts';

// Runs in a process of its own: writes a file to whoever connects, as fast as the socket takes it, and nothing else.

const buffers = [Buffer.allocUnsafeSlow(MIB), Buffer.allocUnsafeSlow(MIB)];

async function writeFileTo(socket: Socket, path: string): Promise<void> {
  const file = openSync(path, 'r');
  for (let turn = 0; ; turn += 1) {
    const buffer = buffers[turn % 2] ?? Buffer.alloc(0);
    const sizeBytes = readSync(file, buffer, 0, buffer.byteLength, null);
    if (sizeBytes === 0) break;
    await new Promise((resolve) => {
      socket.write(buffer.subarray(0, sizeBytes), resolve);
    });
  }
  closeSync(file);
}

/** Set when a connection came and all was written; the other side tells when it has all. */
const server = createServer((socket) => {
  void writeFileTo(socket, nextPath).then(() => socket.end());
});
let nextPath = '';
server.listen(0, '127.0.0.1');
await once(server, 'listening');

/** Takes the path of the file that the next connection gets; answers the port. */
answerCalls(({ path }: { readonly path: string }) => {
  nextPath = path;
  return Promise.resolve((server.address() as AddressInfo).port);
});
