import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { createShellContent } from '../content/shell-content.ts';
import { createBridgeSockets } from './bridge-sockets.ts';
import { createBrowserEntry } from './browser-entry.ts';
import { type HandlerParts, handleRequest, upgradeRefusal } from './request-handler.ts';

/** Never another interface: the bridge belongs to this machine's user alone. */
const LOOPBACK_ADDRESS = '127.0.0.1';

export interface LoopbackOptions {
  readonly application: Application;
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly log: Log;
  /** 0: any free port. */
  readonly port: number;
}

export interface LoopbackServer {
  readonly port: number;
  /** A new address that lets one browser in, once. */
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
    options.log.warn('bridge refused', { reason: refusal });
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
  // CSP level 3 counts a socket of the same host as 'self'; older engines want it named.
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
