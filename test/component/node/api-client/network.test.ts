import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { createNetwork } from '../../../../node/api-client/network/network.ts';
import { ProxyError } from '../../../../node/api-client/network/proxy-error.ts';
import { getHealth } from '../../../../shared/api/server-info.ts';
import { silentLog } from '../../../support/silent-log.ts';

const SERVER_URL = 'https://gabinet.internal.example';
const PROXY = 'http://proxy.example:8080';

type Way = 'proxy' | 'direct';

/** `PROXY proxy.example:8080; DIRECT`, where each way fails with what `faults` has for it. */
function proxyThenDirect() {
  const network = createNetwork({ log: silentLog, findProxies: async () => [PROXY, null] });
  onTestFinished(() => network.close());
  /** Returns the ways that were tried, in order, and the error of the last one. */
  const send = async (faults: Partial<Record<Way, Error>>, isRepeatable = true) => {
    const tried: Way[] = [];
    const { signal: stopping } = new AbortController();
    const sent = network.send(
      SERVER_URL,
      async ({ agent }) => {
        const way = agent === null ? 'direct' : 'proxy';
        tried.push(way);
        const fault = faults[way];
        if (fault) throw new TypeError('fetch failed', { cause: fault });
      },
      { isRepeatable, stopping },
    );
    const error = await sent.then(
      () => null,
      (thrown: unknown) => (thrown as Error).cause,
    );
    return { tried, error };
  };
  return { network, send };
}

const unreachable = new ProxyError('proxy.example:8080', 'unreachable');
const noName = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
const reset = Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' });

describe('a proxy that cannot be reached', () => {
  it('is tried last once another way has answered', async () => {
    const { send } = proxyThenDirect();
    expect(await send({ proxy: unreachable })).toEqual({ tried: ['proxy', 'direct'], error: null });
    expect(await send({})).toEqual({ tried: ['direct'], error: null });
    expect(await send({}, false)).toEqual({ tried: ['direct'], error: null });
  });

  it('stays the first while no other way answers: this computer may have no network', async () => {
    const { send } = proxyThenDirect();
    expect(await send({ proxy: unreachable, direct: noName })).toEqual({ tried: ['proxy', 'direct'], error: noName });
    expect(await send({ proxy: unreachable }, false)).toEqual({ tried: ['proxy'], error: unreachable });
    expect(await send({})).toEqual({ tried: ['proxy'], error: null });
  });

  it('is tried after a direct connection that fails, and is the first again if it answers', async () => {
    const { send } = proxyThenDirect();
    await send({ proxy: unreachable });
    expect(await send({ direct: noName })).toEqual({ tried: ['direct', 'proxy'], error: null });
    expect(await send({})).toEqual({ tried: ['proxy'], error: null });
  });

  it('is not sent what a server may have seen, or what cannot be repeated', async () => {
    const { send } = proxyThenDirect();
    await send({ proxy: unreachable });
    expect(await send({ direct: reset })).toEqual({ tried: ['direct'], error: reset });
    expect(await send({ direct: noName }, false)).toEqual({ tried: ['direct'], error: noName });
  });

  it('is the first again when connections are renewed', async () => {
    const { network, send } = proxyThenDirect();
    await send({ proxy: unreachable });
    const options = { serverUrl: SERVER_URL, token: null, log: silentLog, network, onUnauthenticated: () => undefined };
    createApiClient(options).renewConnections();
    expect(await send({})).toEqual({ tried: ['proxy'], error: null });
  });
});

describe('looking for proxies', () => {
  function endlessSearch() {
    const searching = Promise.withResolvers<void>();
    const network = createNetwork({
      log: silentLog,
      findProxies: () => {
        searching.resolve();
        return new Promise(() => undefined);
      },
    });
    const onUnauthenticated = () => undefined;
    const api = createApiClient({ serverUrl: SERVER_URL, token: null, log: silentLog, network, onUnauthenticated });
    return { api, searching: searching.promise };
  }

  it('ends when the client is closed', async () => {
    const { api, searching } = endlessSearch();
    const result = api.call(getHealth, {});
    await searching;
    api.close();
    expect(await result).toMatchObject({ ok: false, failure: { code: 'stopped' } });
  });

  it('counts for the limit of the request', async () => {
    const { api } = endlessSearch();
    expect(await api.call(getHealth, { timeoutMs: 10 })).toMatchObject({ ok: false, failure: { code: 'offline' } });
  });
});
