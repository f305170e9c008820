import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * A client that sends `Expect: 100-continue` holds its body back until it is asked for it (RFC 9110,
 * 10.1.1). Node asks at once; here only who begins to read the body does, so that a refusal comes
 * before a file of 50 MB rather than after it.
 */
export function registerExpectedBodies(app: FastifyInstance): void {
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    askWhenRead(request, response);
    app.server.emit('request', request, response);
  });
}

/** Every way to read a stream calls `_read`, and none before somebody wants its bytes. */
function askWhenRead(request: IncomingMessage, response: ServerResponse): void {
  // oxlint-disable no-underscore-dangle -- the name that Node's streams give it
  const read = request._read.bind(request);
  request._read = (size) => {
    request._read = read;
    // What is read after a response is only dropped.
    if (!response.headersSent) response.writeContinue();
    read(size);
  };
  // oxlint-enable no-underscore-dangle
}
