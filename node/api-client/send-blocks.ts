import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { type Agent, request as requestHttps } from 'node:https';
import { headersOf } from './network/fetch-over-agent.ts';

/** A large request body. */
export interface BlockBody {
  readonly sizeBytes: number;
  /**
   * Each block is used only until the second block after it is requested. An error of reading
   * is thrown by sending as the cause of a `BodyReadError`.
   */
  readonly blocks: AsyncIterable<Uint8Array>;
  /**
   * Aborts sending, or waiting for the response. The request's own signal may be garbage-collected
   * too early.
   */
  readonly stopping: AbortSignal;
  /** The agent of a proxy; null: a direct connection. */
  readonly agent?: Agent | null;
}

/** The body of a request could not be read; `cause` is what reading it threw. */
export class BodyReadError extends Error {
  constructor(cause: unknown) {
    super('The body of a request could not be read', { cause });
  }
}

/**
 * A `fetch` for one large body, directly over the socket. The built-in one takes four times the
 * processor time, because each block goes through a web stream. Fails as `fetch` does, with a
 * TypeError "fetch failed" whose cause is the socket's error. A response that arrives before the
 * end of the body ends the sending.
 */
export async function sendBlocks(request: Request, body: BlockBody): Promise<Response> {
  const url = new URL(request.url);
  const headers = { ...Object.fromEntries(request.headers), 'content-length': body.sizeBytes };
  const { method } = request;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  // Without a proxy a new connection: a reused one that the server has closed since would cost the
  // whole attempt.
  const outgoing = send(url, { method, headers, signal: body.stopping, agent: body.agent ?? false });
  let readError: BodyReadError | null = null;
  writeBlocks(outgoing, body.blocks).catch((error: unknown) => {
    readError = new BodyReadError(error);
    outgoing.destroy();
  });
  try {
    return await answerTo(outgoing, body.stopping);
  } catch (error) {
    throw readError ?? new TypeError('fetch failed', { cause: error });
  } finally {
    outgoing.destroy();
  }
}

/**
 * Reads one block while the previous one is being sent. Rejects only if reading fails; the request
 * reports a broken socket.
 */
async function writeBlocks(outgoing: ClientRequest, blocks: AsyncIterable<Uint8Array>): Promise<void> {
  let written: Promise<void> = Promise.resolve();
  for await (const block of blocks) {
    await written;
    if (outgoing.destroyed) return;
    written = new Promise((resolve) => {
      outgoing.write(block, () => resolve());
    });
  }
  await written;
  outgoing.end();
}

async function answerTo(outgoing: ClientRequest, stopping: AbortSignal): Promise<Response> {
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    // We destroy the request without an error when the file cannot be read.
    outgoing.on('close', () => reject(new ConnectionClosed()));
    // The request itself notices the signal only once it has a connection.
    stopping.addEventListener('abort', () => reject(stopping.reason as Error), { once: true });
  });
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return new Response(text === '' ? null : text, { status: incoming.statusCode ?? 0, headers: headersOf(incoming) });
}

class ConnectionClosed extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the connection was closed');
  }
}
