import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { MIB } from '../../../shared/lib/sizes.ts';
import { answerCalls } from '../child-calls.ts';

// Runs in a separate process: only writes a file to each connecting client, as fast as the socket
// takes it.

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

/** Set when everything was written to a connection; the other side confirms receipt. */
const server = createServer((socket) => {
  void writeFileTo(socket, nextPath).then(() => socket.end());
});
let nextPath = '';
server.listen(0, '127.0.0.1');
await once(server, 'listening');

/** Each call sets the file for the next connection and returns the port. */
answerCalls(({ path }: { readonly path: string }) => {
  nextPath = path;
  return Promise.resolve((server.address() as AddressInfo).port);
});
