import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Log } from '../../../node/log.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import type { Application } from '../../application.ts';
import { BridgeConnection } from './bridge-connection.ts';

/** Largest request of a page. Confirming 10,000 files with tags and notes stays well below it. */
const MAX_MESSAGE_BYTES = 16 * MIB;

export interface BridgeSockets {
  /** Accepts an upgrade whose sender has been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createBridgeSockets(application: Application, log: Log): BridgeSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const connections = new Set<BridgeConnection>();
  const stopListening = application.onEvent((event, payload) => {
    for (const connection of connections) connection.sendEvent(event, payload);
  });
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new BridgeConnection(webSocket, application, log);
        connections.add(connection);
        webSocket.on('close', () => connections.delete(connection));
      });
    },
    close() {
      stopListening();
      for (const connection of connections) connection.close();
      server.close();
    },
  };
}
