import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { MAX_RESPONSE_BYTES } from '../../../../node/api-client/read-body.ts';
import type { Log } from '../../../../node/log.ts';
import { getMe } from '../../../../shared/api/auth.ts';
import { patchAvatar } from '../../../../shared/api/avatars.ts';
import { changeEvents } from '../../../../shared/api/changes.ts';
import { customerProjectRoutes } from '../../../../shared/api/projects.ts';
import { MIB } from '../../../../shared/lib/sizes.ts';
import { type Answer, deadAddress, scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { asVersionUuid } from '../../../support/uuids.ts';

const UUID = asVersionUuid('0d6f1c1e-8f5e-4a55-9d0f-0f3b2a5f0001');

async function client(answer: Answer) {
  const signOuts: string[] = [];
  const serverUrl = await scriptedHttp(answer);
  const logged: string[] = [];
  const log: Log = { ...silentLog, error: (_message, details) => logged.push(String(details?.error)) };
  const api = createApiClient({
    serverUrl,
    token: 'token',
    log,
    onUnauthenticated: () => signOuts.push('signed out'),
  });
  return { api, signOuts, logged };
}

const problem = (status: number, code: string, more: object = {}) => ({
  type: 'about:blank',
  title: 'Title',
  status,
  detail: 'Detail.',
  code,
  ...more,
});

describe('createApiClient', () => {
  it('sends the token, fills in path and query, and returns only what the schema allows', async () => {
    const seen: unknown[] = [];
    const { api } = await client((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      sendJson(response, 200, { projects: [], total: 0 });
    });
    expect(await api.call(customerProjectRoutes.list, { query: { limit: 5, q: 'ö' } })).toEqual({
      ok: true,
      value: { projects: [], total: 0 },
    });
    expect(seen).toEqual([['GET', '/api/customer/projects?limit=5&q=%C3%B6', 'Bearer token']]);
  });

  it('can abort reading a response after the garbage collector has run', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { api } = await client((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': the first of many\n\n');
    });
    const stopping = new AbortController();
    const answer = await api.request({ route: changeEvents, options: {}, signal: stopping.signal });
    const reader = (answer.ok ? answer.value.body : null)?.getReader();
    await reader?.read();
    const reading = reader?.read().then(
      () => 'read to the end',
      (error: unknown) => api.failureOf(error, stopping.signal).kind,
    );
    for (let round = 0; round < 5; round += 1) {
      collectGarbage();
      // Objects of this turn of the event loop can be collected only in the next one.
      await new Promise((resolve) => setImmediate(resolve));
    }
    stopping.abort();
    expect(await reading).toBe('cancelled');
  });

  it('turns a problem document into a failure with its parameters', async () => {
    const fields = {
      name: 'Mara',
      tags: [],
      description: '',
      changed_by: 'Dana',
      changed_at: '2026-01-01T00:00:00.000Z',
    };
    const { api } = await client((_request, response) => {
      response.setHeader('retry-after', '7');
      sendJson(response, 409, problem(409, 'edit_conflict', { current_fields: fields, hint: 'Ask.' }));
    });
    const answer = await api.call(patchAvatar, { params: { avatar_uuid: UUID }, body: { name: 'X' } });
    expect(answer).toEqual({
      ok: false,
      failure: {
        kind: 'refused',
        code: 'edit_conflict',
        detail: 'Detail.',
        currentFields: fields,
        retryAfterMs: 7000,
      },
    });
  });

  it('reports once that the server no longer accepts the token', async () => {
    const { api, signOuts } = await client((_request, response) =>
      sendJson(response, 401, problem(401, 'unauthenticated')),
    );
    for (let i = 0; i < 2; i += 1)
      expect(await api.call(getMe, {})).toMatchObject({ failure: { kind: 'unauthenticated' } });
    expect(signOuts).toEqual(['signed out']);
  });

  it.each([
    [200, '{"not":"a user"}', 'contract', 'not_a_server'],
    [200, '<html>Sign in to the hotel</html>', 'contract', 'not_a_server'],
    [404, 'nothing here', 'contract', 'not_a_server'],
    [502, '<html>Bad Gateway</html>', 'unavailable', 'offline'],
  ] as const)('status %i with %j is %s', async (status, body, kind, code) => {
    const { api } = await client((_request, response) => response.writeHead(status).end(body));
    expect(await api.call(getMe, {})).toMatchObject({ ok: false, failure: { kind, code } });
  });

  it.each([200, 400])('stops reading a response (status %i) that is larger than any of the API', async (status) => {
    const block = Buffer.alloc(MIB, ' ');
    const compressed = gzipSync(Buffer.alloc(2 * MAX_RESPONSE_BYTES, ' '));
    for (const isCompressed of [false, true]) {
      let sentBytes = 0;
      const { api } = await client((_request, response) => {
        response.writeHead(status, isCompressed ? { 'content-encoding': 'gzip' } : {});
        if (isCompressed) {
          response.end(compressed);
          return;
        }
        const fill = () => {
          while (!response.destroyed) {
            sentBytes += block.byteLength;
            if (!response.write(block)) break;
          }
        };
        response.on('drain', fill);
        fill();
      });
      expect(await api.call(getMe, {})).toMatchObject({
        ok: false,
        failure: { kind: 'contract', code: 'response_too_large', limitBytes: MAX_RESPONSE_BYTES },
      });
      // What is on the way, in buffers of this computer, comes on top.
      expect(sentBytes).toBeLessThan(2 * MAX_RESPONSE_BYTES);
    }
  });

  it('does not follow a redirect with the token', async () => {
    let hits = 0;
    const target = await scriptedHttp((_request, response) => {
      hits += 1;
      sendJson(response, 200, {});
    });
    const { api } = await client((_request, response) => response.writeHead(302, { location: target }).end());
    expect(await api.call(getMe, {})).toMatchObject({ ok: false, failure: { kind: 'contract', status: 302 } });
    expect(hits).toBe(0);
  });

  it('reports `offline` if no server is listening', async () => {
    const options = { serverUrl: await deadAddress(), token: null, log: silentLog, onUnauthenticated: () => undefined };
    const answer = await createApiClient(options).call(getMe, {});
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'network', code: 'offline' } });
  });

  it('reports `offline` if the connection breaks during the response', async () => {
    const { api } = await client((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":', () => response.destroy());
    });
    expect(await api.call(getMe, {})).toMatchObject({ ok: false, failure: { kind: 'network' } });
  });

  it('times out if the server stops sending during the response', async () => {
    const { api } = await client((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":');
    });
    expect(await api.call(getMe, { timeoutMs: 200 })).toMatchObject({ ok: false, failure: { kind: 'network' } });
  });

  it('distinguishes an aborted request from a failed one', async () => {
    const abort = new AbortController();
    const { api } = await client(() => abort.abort());
    expect(await api.call(getMe, { signal: abort.signal })).toMatchObject({
      ok: false,
      failure: { kind: 'cancelled' },
    });
  });

  it('calls an error that no network explains a bug, and logs it with its stack', async () => {
    const { api, logged } = await client((_request, response) => sendJson(response, 200, {}));
    const send = () => Promise.reject(new RangeError('out of range'));
    expect(await api.request({ route: getMe, send })).toMatchObject({
      ok: false,
      failure: { kind: 'bug', code: 'unexpected' },
    });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/RangeError: out of range\n\s+at /);
  });

  it('does not log a server that is not there', async () => {
    const { api, logged } = await client((_request, response) => response.destroy());
    expect(await api.call(getMe, {})).toMatchObject({ ok: false, failure: { kind: 'network' } });
    expect(logged).toEqual([]);
  });
});
