import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createBrowserBridge } from '../../../../renderer/bridge/browser-bridge.ts';
import { type LoopbackSocket, openLoopbackSocket } from '../../../../renderer/bridge/loopback-socket.ts';
import type { BridgeRequest } from '../../../../shared/contract/loopback-protocol.ts';

// Against a real WebSocket server; only the address of the page is made up.

let server: WebSocketServer;
let opened: LoopbackSocket[] = [];

function openSocket(): LoopbackSocket {
  const socket = openLoopbackSocket();
  opened.push(socket);
  return socket;
}

async function listen(port: number): Promise<number> {
  server = new WebSocketServer({ host: '127.0.0.1', port, path: '/bridge' });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function hangUp(): Promise<void> {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, 'close');
}

/** Sends `reply(request)` for each request. */
function answerWith(reply: (request: BridgeRequest) => object): void {
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) =>
      socket.send(JSON.stringify(reply(JSON.parse(data.toString()) as BridgeRequest))),
    );
  });
}

beforeEach(async () => {
  const port = await listen(0);
  Object.defineProperty(globalThis, 'location', { value: new URL(`http://127.0.0.1:${port}/`), configurable: true });
});

afterEach(async () => {
  for (const socket of opened) socket.close();
  opened = [];
  await hangUp();
  Reflect.deleteProperty(globalThis, 'location');
});

test('calls made before the connection is open are sent after it opens, and each gets its own answer', async () => {
  answerWith(({ id, channel, input }) => ({ type: 'answer', id, output: { channel, input } }));
  const bridge = createBrowserBridge(openSocket());
  const [trash, probe] = await Promise.all([bridge.library.trash(), bridge.session.probe({ serverUrl: 'http://x' })]);
  expect(trash).toEqual({ channel: 'library.trash' });
  expect(probe).toEqual({ channel: 'session.probe', input: { serverUrl: 'http://x' } });
});

test('a call is rejected if its handler rejects', async () => {
  answerWith(({ id }) => ({ type: 'error', id, failure: { code: 'signed_out' } }));
  await expect(openSocket().invoke('library.trash', undefined)).rejects.toMatchObject({
    failure: { code: 'signed_out' },
  });
});

test('events reach their listeners until they unsubscribe', async () => {
  const payload = { projectUuids: [] };
  answerWith(({ id }) => ({ type: 'answer', id }));
  const bridge = createBrowserBridge(openSocket());
  const received: unknown[] = [];
  const changed = Promise.withResolvers<void>();
  const unsubscribe = bridge.on('library.changed', (value) => {
    received.push(value);
    changed.resolve();
  });
  await bridge.transfers.clearEnded();
  const emit = (): void => {
    for (const client of server.clients)
      client.send(JSON.stringify({ type: 'event', event: 'library.changed', payload }));
  };
  emit();
  await changed.promise;
  unsubscribe();
  emit();
  await bridge.transfers.clearEnded();
  expect(received).toEqual([payload]);
});

test('a broken connection rejects the calls in progress, is reported, and reconnects automatically', async () => {
  const socket = openSocket();
  const [connection] = (await once(server, 'connection')) as [{ once(event: 'message', listener: () => void): void }];
  const states: string[] = [];
  const isBack = Promise.withResolvers<void>();
  socket.link.subscribe((link) => {
    states.push(link);
    if (link === 'connected' && states.includes('connecting')) isBack.resolve();
  });
  const call = socket.invoke('library.trash', undefined);
  const expectRejection = expect(call).rejects.toMatchObject({ failure: { code: 'shell_connection_lost' } });
  await new Promise<void>((resolve) => connection.once('message', resolve));
  const { port } = server.address() as AddressInfo;
  await hangUp();
  await expectRejection;
  await listen(port);
  answerWith(({ id }) => ({ type: 'answer', id, output: 'again' }));
  await isBack.promise;
  expect(await socket.invoke('library.trash', undefined)).toBe('again');
});
