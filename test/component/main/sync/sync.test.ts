import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Sync } from '../../../../main/sync/sync.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { unreachedFailure } from '../../../../node/api-client/api-failure.ts';
import { HOUR_MS } from '../../../../shared/lib/durations.ts';
import { fillingDisk } from '../../../support/filling-disk.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { designerOf } from '../../../support/sync-scope.ts';
import { until } from '../../../support/until.ts';

const CUSTOMER = randomUUID();

/** A server whose feed and events the test moves; and that holds back its responses until the test releases them. */
async function following() {
  const server = {
    seq: 3,
    isHolding: false,
    asked: [] as number[],
    held: [] as (() => void)[],
    streams: [] as ServerResponse[],
    tell: (seq: number) => {
      server.seq = seq;
      for (const stream of server.streams) stream.write(eventOf(seq));
    },
  };
  const serverUrl = await scriptedHttp((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname.endsWith('/events')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(eventOf(server.seq));
      server.streams.push(response);
      return;
    }
    server.asked.push(Number(url.searchParams.get('since')));
    const answer = () => sendJson(response, 200, { changes: [], cursor: server.seq, has_more: false, floor: 0 });
    if (server.isHolding) server.held.push(answer);
    else answer();
  });
  const disk = await fillingDisk();
  const { database } = disk;
  const api = createApiClient({ serverUrl, token: 't', log: silentLog, onUnauthenticated: () => undefined });
  const sync = new Sync({
    api,
    database,
    pollIntervalMs: HOUR_MS,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    scope: () => designerOf(CUSTOMER),
    listener: { connectionChanged: () => undefined, libraryChanged: () => undefined },
  });
  onTestFinished(() => sync.stop());
  sync.start();
  await until(() => server.streams.length === 1 && sync.connection() === 'online');
  const cursor = () => database.read.customers.cursorOf(CUSTOMER);
  return { server, sync, api, cursor, disk };
}

const eventOf = (seq: number) => `event: change\ndata: ${JSON.stringify({ customer_uuid: CUSTOMER, seq })}\n\n`;

describe('Sync', () => {
  it('pulls after an event, unless it already has the change', async () => {
    const { server, cursor } = await following();
    server.tell(4);
    await until(() => cursor() === 4);
    const before = server.asked.length;
    for (const stream of server.streams) stream.write(eventOf(4) + eventOf(2));
    server.tell(5);
    await until(() => cursor() === 5);
    expect(server.asked.slice(before)).toEqual([4]);
  });

  it('pulls once for all events that arrive during a pull', async () => {
    const { server, cursor } = await following();
    server.isHolding = true;
    server.tell(4);
    await until(() => server.held.length === 1);
    const before = server.asked.length;
    const answerOld = server.held.shift();
    for (let seq = 5; seq <= 30; seq += 1) server.tell(seq);
    server.isHolding = false;
    // An earlier pull is only as recent as its request.
    server.seq = 4;
    answerOld?.();
    server.seq = 30;
    await until(() => cursor() === 30);
    expect(server.asked.length - before).toBeLessThanOrEqual(2);
  });

  it('stops even if the disk is full', async () => {
    const { sync, disk } = await following();
    await sync.pullNow();
    disk.isFull = true;
    await expect(sync.stop()).resolves.toBeUndefined();
  });

  it('starts again if the server was restored while the stream was down', async () => {
    const { server, cursor } = await following();
    server.seq = 1;
    for (const stream of server.streams.splice(0)) stream.end();
    await until(() => cursor() === 1);
  });

  it('connects again at once when connections may be dead without knowing it', async () => {
    const { server, sync } = await following();
    // As after sleep: the requests of before are never answered.
    server.isHolding = true;
    const hanging = sync.pullNow();
    await until(() => server.held.length === 1);
    server.isHolding = false;
    await sync.reconnect();
    expect(await hanging).toMatchObject({ ok: false, failure: { code: 'offline' } });
    expect(sync.connection()).toBe('online');
    await until(() => server.streams.length === 2);
    await until(() => server.streams[0]?.destroyed === true);
    const before = server.asked.length;
    server.streams.shift();
    server.tell(4);
    await until(() => server.asked.length === before + 1);
  });

  it('says why the server is not reached, until it is', async () => {
    const { sync, api } = await following();
    expect(sync.unreached()).toBeNull();
    const { serverUrl } = api;
    const refused = {
      code: 'certificate_refused',
      serverUrl,
      problem: 'expired',
      systemCode: 'CERT_HAS_EXPIRED',
    } as const;
    sync.noteFailure(unreachedFailure(refused));
    expect(sync.unreached()).toEqual(refused);
    await sync.pullNow();
    expect(sync.unreached()).toBeNull();
  });
});
