import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  /** `http://127.0.0.1:...`, with the user name and password if it asks for them. */
  readonly url: string;
  /** Its host and port. */
  readonly place: string;
  /** What it was asked to connect to, in order. */
  readonly targets: readonly string[];
}

export interface ConnectProxyOptions {
  /** Where it really connects to, whatever name it is asked for. */
  readonly port: number;
  /** What it answers instead. */
  readonly refusal?: number;
  readonly login?: { readonly user: string; readonly password: string | Buffer };
}

/** A small HTTP proxy that only knows `CONNECT`. Ends with the test. */
export async function connectProxy({ port, refusal, login }: ConnectProxyOptions): Promise<ConnectProxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  const expected = login && `Basic ${loginBytes(login).toString('base64')}`;
  const server = createServer();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    targets.push(request.url ?? '');
    client.on('error', () => undefined);
    const isKnown = expected === undefined || request.headers['proxy-authorization'] === expected;
    const status = isKnown ? refusal : 407;
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} No\r\nproxy-authenticate: Basic realm="test"\r\n\r\n`);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = login ? `${login.user}:${encodeURIComponent(String(login.password))}@` : '';
  return { url: `http://${user}${place}`, place, targets };
}

function loginBytes({ user, password }: { readonly user: string; readonly password: string | Buffer }): Buffer {
  return Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]);
}
