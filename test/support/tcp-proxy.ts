import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A wire between a client and a server that a test can cut at any moment. Listens on loopback only. */
export interface TcpProxy {
  readonly url: string;
  /** Bytes that went towards the server so far. */
  readonly sentBytes: number;
  /** Called with everything the server sends back, before it is passed on; answering true swallows it and cuts the wire. */
  onAnswer: ((bytes: Buffer) => boolean) | null;
  /** At most this many bytes per second towards the server; null: as fast as it goes. */
  bytesPerSecond: number | null;
  /** Cuts all connections; new ones are refused at once until `restore`. */
  cut(): void;
  restore(): void;
}

/** How often a slowed-down wire lets bytes through, in milliseconds. */
const TICK_MS = 20;

/** Starts a proxy to a server on loopback; `serverUrl` is asked for each new connection, so that it may move. */
export async function startTcpProxy(serverUrl: () => string): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let sentBytes = 0;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(new URL(serverUrl()).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      // A broken wire is what tests are about; both ends learn of it by the close.
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (bytes) => {
      sentBytes += bytes.byteLength;
      upstream.write(bytes);
      if (proxy.bytesPerSecond === null) return;
      client.pause();
      const delayMs = Math.max(TICK_MS, (bytes.byteLength / proxy.bytesPerSecond) * 1000);
      setTimeout(() => client.resume(), delayMs);
    });
    upstream.on('data', (bytes) => {
      if (proxy.onAnswer?.(bytes) === true) return void client.destroy();
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const proxy: TcpProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onAnswer: null,
    bytesPerSecond: null,
    get sentBytes() {
      return sentBytes;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore: () => {
      isCut = false;
    },
  };
  onTestFinished(async () => {
    proxy.cut();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return proxy;
}
