import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * A client may open a connection ahead of its next request. Node counts one that never said anything as busy, so a closing server would
 * wait for it until its time for headers is over. Nothing can be lost on it: it is cut.
 */
export function cutSilentConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  let isClosing = false;
  app.server.on('connection', (socket: Socket) => {
    if (isClosing) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  });
}
