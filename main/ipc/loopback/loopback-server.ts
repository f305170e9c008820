import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { createShellContent } from '../content/shell-content.ts';
import { createBridgeSockets } from './bridge-sockets.ts';
import { createBrowserEntry } from './browser-entry.ts';
import { type HandlerParts, handleRequest, upgradeRefusal } from './request-handler.ts';

/** Never listen on another interface: the bridge is for this machine's user only. */
const LOOPBACK_ADDRESS = '127.0.0.1';

export interface LoopbackOptions {
  readonly application: Application;
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly log: Log;
  /** 0 chooses a free port. */
  readonly port: number;
}

export interface LoopbackServer {
  readonly port: number;
  /** Returns a new address that lets one browser in, once. */
  issueLink(): string;
  close(): Promise<void>;
}

/** Starts the browser shell's server: renderer, pictures, dropped files and the bridge, on loopback, for one user. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const entry = createBrowserEntry();
  const sockets = createBridgeSockets(options.application, options.log);
  const server = createServer();
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const parts: HandlerParts = { ...options, entry, content: contentFor(options, port), port: () => port };
  server.on('request', (request, response) => void handleRequest(parts, request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = upgradeRefusal(parts, request);
    if (refusal === null) return sockets.accept(request, socket, head);
    options.log.warn('A bridge connection was refused', { reason: refusal });
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return {
    port,
    issueLink: () => `http://${LOOPBACK_ADDRESS}:${port}/?token=${entry.issueToken()}`,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function contentFor(options: LoopbackOptions, port: number) {
  // In CSP level 3 'self' includes sockets of the same host; older engines need the address.
  const connect = [`ws://${LOOPBACK_ADDRESS}:${port}`];
  return createShellContent({
    rendererDir: options.rendererDir,
    frameDir: options.frameDir,
    media: (path) => options.application.media(path),
    connect,
  });
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK_ADDRESS, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
