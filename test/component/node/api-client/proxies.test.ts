import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { createNetwork } from '../../../../node/api-client/network/network.ts';
import { sendBlocks } from '../../../../node/api-client/send-blocks.ts';
import { changeEvents } from '../../../../shared/api/changes.ts';
import { getHealth } from '../../../../shared/api/server-info.ts';
import { sendStream } from '../../../../shared/api/upload-sessions.ts';
import type { ProxyProblem } from '../../../../shared/contract/failure.ts';
import { SECOND_MS } from '../../../../shared/lib/durations.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { connectProxy } from '../../../support/connect-proxy.ts';
import { type Answer, scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { tlsServer, trustAuthority } from '../../../support/tls-server.ts';

const HOST = 'gabinet.internal.example';
const SERVER_URL = `https://${HOST}`;
const UUID = '0d6f1c1e-8f5e-4a55-9d0f-0f3b2a5f0001';

/** A server that only a proxy knows. */
async function hiddenServer(answer: Answer): Promise<number> {
  const authority = createAuthority();
  trustAuthority(authority.cert);
  return tlsServer(authority.issue({ host: HOST }), answer);
}

const healthy: Answer = (_request, response) => sendJson(response, 200, { status: 'ok' });

function clientVia(proxies: readonly (string | null)[], serverUrl = SERVER_URL) {
  const asked: string[] = [];
  const network = createNetwork({
    log: silentLog,
    findProxies: async (url) => {
      asked.push(url);
      return proxies;
    },
  });
  const api = createApiClient({
    serverUrl,
    token: 'token',
    log: silentLog,
    network,
    onUnauthenticated: () => undefined,
  });
  onTestFinished(() => {
    api.close();
    network.close();
  });
  return { api, asked };
}

/** Listens, but never answers as a proxy does. */
async function strangeProxy(answer: string | null, onConnection: () => void = () => undefined): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (answer !== null) socket.end(answer);
    else onTestFinished(() => void socket.destroy());
    onConnection();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

const DEAD_PROXY = 'http://127.0.0.1:1';

describe('a request through a proxy', () => {
  it('reaches the server, and uses the connection again', async () => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port });
    const { api } = clientVia([proxy.url]);
    expect(await api.call(getHealth, {})).toMatchObject({ ok: true });
    expect(await api.call(getHealth, {})).toMatchObject({ ok: true });
    expect(proxy.targets).toEqual([`${HOST}:443`]);
  });

  it('signs in to the proxy with the user name and password of its address', async () => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port, login: { user: 'ann', password: 'p@ss:word' } });
    expect(await clientVia([proxy.url]).api.call(getHealth, {})).toMatchObject({ ok: true });
  });

  it.each([
    ['50%', '50%'],
    ['%zz%C3%A9', '%zz\u00e9'],
    ['%E9', Buffer.from([0xe9])],
  ])('signs in with the password %s as curl does', async (written, password) => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port, login: { user: 'ann', password } });
    const { api } = clientVia([`http://ann:${written}@${proxy.place}`]);
    expect(await api.call(getHealth, {})).toMatchObject({ ok: true });
  });

  it('streams events as they come, and can be stopped', async () => {
    let isHungUp = false;
    const port = await hiddenServer((request, response) => {
      request.on('close', () => {
        isHungUp = true;
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const proxy = await connectProxy({ port });
    const stopping = new AbortController();
    const answer = await clientVia([proxy.url]).api.request({ route: changeEvents, signal: stopping.signal });
    const reader = (answer.ok ? answer.value.body : null)?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n');
    const second = reader?.read();
    stopping.abort();
    await expect(second).rejects.toThrow();
    await expect.poll(() => isHungUp).toBe(true);
  });

  it('sends a large body', async () => {
    let receivedBytes = 0;
    const port = await hiddenServer((request, response) => {
      request.on('data', (part: Buffer) => {
        receivedBytes += part.byteLength;
      });
      request.on('end', () => sendJson(response, 200, { received_bytes: receivedBytes }));
    });
    const proxy = await connectProxy({ port });
    async function* blocks() {
      for (let block = 0; block < 8; block += 1) yield new Uint8Array(256 * 1024).fill(block);
    }
    const sizeBytes = 8 * 256 * 1024;
    const sent = await clientVia([proxy.url]).api.request({
      route: sendStream,
      params: { upload_uuid: UUID },
      send: (request, stopping, { agent }) => sendBlocks(request, { sizeBytes, blocks: blocks(), stopping, agent }),
    });
    expect(sent.ok && (await sent.value.json())).toEqual({ received_bytes: sizeBytes });
    expect(proxy.targets).toEqual([`${HOST}:443`]);
  });

  it('never happens for a server on this computer', async () => {
    const serverUrl = await scriptedHttp(healthy);
    const { api, asked } = clientVia([DEAD_PROXY], serverUrl);
    expect(await api.call(getHealth, {})).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
  });

  it('takes the next proxy if one cannot be reached, and then that one first', async () => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port });
    const { api } = clientVia([DEAD_PROXY, proxy.url]);
    expect(await api.call(getHealth, {})).toMatchObject({ ok: true });
    const sent = await api.request({
      route: sendStream,
      params: { upload_uuid: UUID },
      send: (request, stopping, { agent }) =>
        sendBlocks(request, { sizeBytes: 0, blocks: (async function* () {})(), stopping, agent }),
    });
    expect(sent.ok).toBe(true);
  });
});

describe('a proxy that leads nowhere', () => {
  it('does not use up the time of a request if it is silent', async () => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port });
    const { api } = clientVia([await strangeProxy(null), proxy.url]);
    // As long as the sign-in form waits.
    expect(await api.call(getHealth, { timeoutMs: 6 * SECOND_MS })).toMatchObject({ ok: true });
  });

  it.each(['socks5://127.0.0.1:1080', 'no address'])('is left out if Gabinet cannot use it: %s', async (unusable) => {
    const port = await hiddenServer(healthy);
    const proxy = await connectProxy({ port });
    expect(await clientVia([unusable, proxy.url]).api.call(getHealth, {})).toMatchObject({ ok: true });
  });
});

describe('a proxy that does not open the way is named', () => {
  it.each([
    ['asks_for_sign_in', 407],
    ['refuses', 403],
    ['no_way', 502],
  ] as const)('%s', async (problem, status) => {
    const proxy = await connectProxy({ port: 1, refusal: status });
    const result = await clientVia([proxy.url]).api.call(getHealth, {});
    const failure = { kind: 'network', code: 'proxy_failed', serverUrl: SERVER_URL, problem, status };
    expect(result).toMatchObject({ ok: false, failure: { ...failure, proxy: proxy.place } });
  });

  it('with its password left out', async () => {
    const { place } = await connectProxy({ port: 1, refusal: 403 });
    const result = await clientVia([`http://ann:secret@${place}`]).api.call(getHealth, {});
    expect(JSON.stringify(result)).toContain(place);
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it.each([
    'http://ann:se/cret@proxy.example:8080',
    'http://ann:se#cret@proxy.example:8080',
    'http://ann:1/secret@proxy.example:8080',
    'http://ann:1?secret@proxy.example:8080',
    'http://ann:se/cr@et@proxy.example:8080',
    'socks5://ann:se/cret@proxy.example:8080',
    'ann:se://cret@proxy.example:8080',
    'ann:secret@proxy.example:8080',
  ])('with a password left out that makes the address unreadable: %s', async (address) => {
    const result = await clientVia([address]).api.call(getHealth, {});
    const failure = { code: 'proxy_failed', problem: 'unsupported', proxy: 'proxy.example:8080' };
    expect(result).toMatchObject({ ok: false, failure });
  });

  it.each<readonly [ProxyProblem, () => Promise<string>]>([
    ['unreachable', async () => DEAD_PROXY],
    ['unsupported', async () => 'socks5://127.0.0.1:1080'],
    ['unsupported', async () => 'no address'],
    ['not_a_proxy', () => strangeProxy('SSH-2.0-hello\r\n')],
    ['not_a_proxy', () => strangeProxy('')],
  ])('%s', async (problem, address) => {
    const result = await clientVia([await address()]).api.call(getHealth, {});
    expect(result).toMatchObject({ ok: false, failure: { code: 'proxy_failed', problem, status: null } });
  });

  it('and a silent one does not hold a request that is stopped', async () => {
    const stopping = new AbortController();
    let connections = 0;
    const silent = await strangeProxy(null, () => {
      connections += 1;
      if (connections === 2) stopping.abort();
    });
    const { api } = clientVia([silent]);
    const results = [
      api.call(getHealth, { signal: stopping.signal }),
      api.request({
        route: sendStream,
        params: { upload_uuid: UUID },
        signal: stopping.signal,
        send: (request, signal, { agent }) =>
          sendBlocks(request, { sizeBytes: 0, blocks: (async function* () {})(), stopping: signal, agent }),
      }),
    ];
    for (const result of await Promise.all(results)) {
      expect(result).toMatchObject({ ok: false, failure: { code: 'stopped' } });
    }
  });

  it('not in place of the server whose certificate is refused behind it', async () => {
    const port = await tlsServer(createAuthority().issue({ host: HOST }), healthy);
    const proxy = await connectProxy({ port });
    const result = await clientVia([proxy.url]).api.call(getHealth, {});
    expect(result).toMatchObject({ ok: false, failure: { code: 'certificate_refused', serverUrl: SERVER_URL } });
  });
});
