import { type ClientRequest, type ClientRequestArgs, request as requestHttp } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { refusedCertificateIn } from './certificate-problems.ts';
import { ProxyError } from './proxy-error.ts';
import { decodeLogin } from './proxy-url.ts';

/**
 * Until the proxy has opened the way, the name lookup included. Shorter than the shortest limit of a
 * request (4 s, after sleep): the request itself would end first, and never take the next route.
 */
const TUNNEL_TIMEOUT_MS = 3 * SECOND_MS;

type Done = (error: Error | null, socket: Duplex) => void;

/**
 * Connects to https servers through an HTTP proxy (`CONNECT`; RFC 9110, 9.3.6), so that the proxy
 * sees the server's name and nothing else. Node's own agent
 * for proxies does not end a request that is aborted while the proxy is silent (24.21).
 */
export class ProxyAgent extends Agent {
  readonly #proxy: URL;

  /** `proxy`: `http:` or `https:`; a user name and password in it are sent to the proxy. */
  constructor(proxy: URL, options: { readonly keepAlive: boolean }) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: ClientRequestArgs, done: Done): undefined {
    openTunnel(this.#proxy, options, {
      opened: (socket) => done(null, super.createConnection({ ...options, socket } as ClientRequestArgs) as Duplex),
      // With an error, Node takes no socket.
      failed: done as (error: Error) => void,
    });
  }
}

/** Exactly one of them is called, once. */
interface TunnelEnds {
  opened(socket: Duplex): void;
  failed(error: ProxyError): void;
}

function openTunnel(proxy: URL, { host, port }: ClientRequestArgs, ends: TunnelEnds): void {
  const connecting = connect(proxy, `${host?.includes(':') ? `[${host}]` : host}:${port}`);
  let isOver = false;
  const end = (report: () => void) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    report();
  };
  const fail = (error: ProxyError) =>
    end(() => {
      connecting.destroy();
      ends.failed(error);
    });
  const timer = setTimeout(() => {
    fail(new ProxyError(proxy.host, 'unreachable', { cause: new Error('It did not answer in time') }));
  }, TUNNEL_TIMEOUT_MS);
  connecting.on('error', (cause) => fail(new ProxyError(proxy.host, problemOf(cause), { cause })));
  connecting.on('connect', ({ statusCode = 0 }, socket) => {
    if (statusCode < 200 || statusCode > 299) fail(refusal(proxy, statusCode));
    else end(() => ends.opened(socket));
  });
  connecting.end();
}

function connect(proxy: URL, target: string): ClientRequest {
  const { username, password } = proxy;
  const login = Buffer.concat([decodeLogin(username), Buffer.from(':'), decodeLogin(password)]);
  const headers = {
    host: target,
    ...(username !== '' && { 'proxy-authorization': `Basic ${login.toString('base64')}` }),
  };
  const send = proxy.protocol === 'https:' ? requestHttps : requestHttp;
  const { hostname, port } = proxy;
  return send({
    // The brackets of an IPv6 address belong to the URL.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: target,
    headers,
    agent: false,
  });
}

function problemOf(cause: Error): ProxyError['problem'] {
  if (refusedCertificateIn(cause) !== null) return 'certificate';
  const code = 'code' in cause ? String(cause.code) : '';
  return code.startsWith('HPE_') || code === 'ECONNRESET' ? 'not_a_proxy' : 'unreachable';
}

function refusal(proxy: URL, status: number): ProxyError {
  const problem = status === 407 ? 'asks_for_sign_in' : status >= 500 ? 'no_way' : 'refuses';
  return new ProxyError(proxy.host, problem, { status });
}
