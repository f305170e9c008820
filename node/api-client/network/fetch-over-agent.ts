import type { IncomingMessage } from 'node:http';
import { type Agent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';

/** How long a connection may be silent, in milliseconds; the limit that the built-in fetch has. */
const SILENCE_LIMIT_MS = 5 * MINUTE_MS;

/** Statuses whose responses have no body (WHATWG Fetch, 2.2.3 *null body status*). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

export interface AgentFetch {
  readonly agent: Agent;
  /** Aborts the request, or reading its response. */
  readonly stopping: AbortSignal;
}

/**
 * A `fetch` over an agent, which the built-in one does not take. Does not follow redirects and asks
 * for no compression. Fails as `fetch` does: with the signal's reason, or with a TypeError whose
 * cause is the socket's error.
 */
export async function fetchOverAgent(request: Request, { agent, stopping }: AgentFetch): Promise<Response> {
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  if (body !== null) headers['content-length'] = String(body.byteLength);
  stopping.throwIfAborted();
  const outgoing = requestHttps(request.url, { method: request.method, headers, agent, signal: stopping });
  outgoing.setTimeout(SILENCE_LIMIT_MS, () => outgoing.destroy(new Silence()));
  const answered = Promise.withResolvers<IncomingMessage>();
  // The request itself notices the signal only once it has a connection.
  const stop = () => answered.reject(stopping.reason);
  stopping.addEventListener('abort', stop, { once: true });
  outgoing.on('response', answered.resolve);
  outgoing.on('error', (cause) => answered.reject(new TypeError('fetch failed', { cause })));
  outgoing.end(body ?? undefined);
  try {
    return responseFrom(await answered.promise);
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

function responseFrom(incoming: IncomingMessage): Response {
  const { statusCode: status = 0 } = incoming;
  const headers = headersOf(incoming);
  if (!WITHOUT_BODY.has(status)) {
    return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, { status, headers });
  }
  incoming.resume();
  return new Response(null, { status, headers });
}

export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
}

class Silence extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('the connection was silent for too long');
  }
}
