import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPage } from './answer-page.ts';

/** The path that operators register at the identity provider. */
const ANSWER_PATH = '/signed-in';
const HOST = '127.0.0.1';

export interface ProviderAnswer {
  /** The address that the browser was sent to. It contains the provider's code. */
  readonly callbackUrl: string;
  /** Shows in the browser how the sign-in ended, and closes the listener. */
  show(isSignedIn: boolean): void;
}

export interface AnswerListener {
  readonly redirectUri: string;
  /** Null if the listener was closed before. */
  readonly answer: Promise<ProviderAnswer | null>;
  close(): void;
}

/**
 * Listens on a free port of this computer for the one answer that carries this `state` (RFC 8252,
 * 7.3). Threats: other programs and web pages can send requests to the port, so an answer without
 * the state is refused and does not end the waiting; and a name that a web page lets point here is
 * not our host (DNS rebinding).
 */
export async function listenForAnswer(state: string): Promise<AnswerListener> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const host = `${HOST}:${(server.address() as AddressInfo).port}`;
  const answered = Promise.withResolvers<ProviderAnswer | null>();
  let isTaken = false;
  server.on('request', (request, response) => {
    const url = answerUrl(request, { host, state });
    if (url === null || isTaken) {
      send(response, 404, answerPage('unknown'));
      return;
    }
    isTaken = true;
    answered.resolve({ callbackUrl: url.href, show: (isSignedIn) => showAndClose(server, response, isSignedIn) });
  });
  return {
    redirectUri: `http://${host}${ANSWER_PATH}`,
    answer: answered.promise,
    close: () => {
      answered.resolve(null);
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The address of a request, if it is the provider's answer to this sign-in. */
function answerUrl(
  { method, url = '', headers }: IncomingMessage,
  { host, state }: { readonly host: string; readonly state: string },
): URL | null {
  if (method !== 'GET' || headers.host !== host || !url.startsWith('/')) return null;
  const parsed = URL.parse(`http://${host}${url}`);
  const isAnswer = parsed?.pathname === ANSWER_PATH && parsed.searchParams.get('state') === state;
  return isAnswer ? parsed : null;
}

function showAndClose(server: Server, response: ServerResponse, isSignedIn: boolean): void {
  response.once('close', () => server.closeAllConnections());
  server.close();
  send(response, 200, answerPage(isSignedIn ? 'signed-in' : 'failed'));
}

function send(response: ServerResponse, status: number, page: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    // The address of the page contains the provider's code.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  };
  response.writeHead(status, headers).end(page);
}
