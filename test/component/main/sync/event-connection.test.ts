import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EventConnection } from '../../../../main/sync/event-connection.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { until } from '../../../support/until.ts';

const CUSTOMER = randomUUID();
type Connect = (response: ServerResponse, index: number, request: IncomingMessage) => void;

interface Script {
  readonly connect: Connect;
  readonly silenceLimitMs?: number;
}

const NEVER_SILENT_MS = 60_000;

/** A connection to a real HTTP server that the test scripts; it waits next to nothing between its tries. */
async function connectTo({ connect, silenceLimitMs = NEVER_SILENT_MS }: Script) {
  const reported: string[] = [];
  const warnings: unknown[] = [];
  let opened = 0;
  const serverUrl = await scriptedHttp((request, response) => {
    opened += 1;
    connect(response, opened, request);
  });
  const api = createApiClient({
    serverUrl,
    token: 't',
    log: silentLog,
    onUnauthenticated: () => reported.push('signed out'),
  });
  const connection = new EventConnection({
    api,
    log: {
      info: () => undefined,
      warn: (...words) => warnings.push(words),
      error: (...words) => reported.push(...words.map(String)),
    },
    silenceLimitMs,
    random: () => 0,
    onUp: () => reported.push('up'),
    onDown: () => reported.push('down'),
    onEvent: ({ seq }, isFirst) => reported.push(isFirst ? `first ${seq}` : `${seq}`),
  });
  onTestFinished(() => connection.stop());
  connection.start();
  /** Does not wait for the backoff; this test is not about it. */
  const hurry = () => {
    connection.tryNow();
    return true;
  };
  return { connection, reported, warnings, opened: () => opened, hurry, api };
}

function stream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

const line = (seq: number, customer = CUSTOMER) =>
  `event: change\ndata: ${JSON.stringify({ customer_uuid: customer, seq })}\n\n`;

describe('EventConnection', () => {
  it('is up with the first event, and reports each event however it was split on the way', async () => {
    const responses: ServerResponse[] = [];
    const { reported, connection } = await connectTo({ connect: (response) => responses.push(stream(response)) });
    const response = await until(() => responses[0]);
    response.write(': welcome\n\n');
    expect(connection.isUp()).toBe(false);
    const text = line(4) + line(5);
    for (const character of text) response.write(character);
    await until(() => reported.length === 3);
    expect(reported).toEqual(['up', 'first 4', '5']);
    expect(connection.isUp()).toBe(true);
  });

  it('marks the first event of each customer', async () => {
    const other = randomUUID();
    const { reported } = await connectTo({
      connect: (response) => void stream(response).write(line(1) + line(9, other) + line(2) + line(10, other)),
    });
    await until(() => reported.length === 5);
    expect(reported).toEqual(['up', 'first 1', 'first 9', '2', '10']);
  });

  it('reconnects after the stream ended and after a server error', async () => {
    const { reported, hurry } = await connectTo({
      connect: (response, index) => {
        if (index === 1) stream(response).end(line(1));
        else if (index === 2) sendJson(response, 503, {});
        else stream(response).write(line(2));
      },
    });
    await until(() => hurry() && reported.includes('first 2'));
    expect(reported).toEqual(['up', 'first 1', 'down', 'up', 'first 2']);
  });

  it('treats a silent stream as dead', async () => {
    const { reported, opened, warnings, hurry } = await connectTo({
      silenceLimitMs: 80,
      connect: (response) => void stream(response).write(line(1)),
    });
    await until(() => hurry() && reported.includes('down') && opened() >= 3);
    expect(reported.slice(0, 3)).toEqual(['up', 'first 1', 'down']);
    expect(warnings.length).toBeGreaterThanOrEqual(1);
  });

  it('is kept up by heartbeats', async () => {
    let beats = 0;
    const { reported, opened } = await connectTo({
      silenceLimitMs: 2000,
      connect: (response) => {
        stream(response).write(line(1));
        const timer = setInterval(() => {
          beats += 1;
          response.write(': heartbeat\n\n');
        }, 50);
        response.on('close', () => clearInterval(timer));
      },
    });
    await until(() => beats >= 60);
    expect(opened()).toBe(1);
    expect(reported).toEqual(['up', 'first 1']);
  });

  it.each([
    [
      'a page of a proxy',
      (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    [
      'events that are not numbers',
      (response: ServerResponse) => void stream(response).write('event: change\ndata: x\n\n'),
    ],
    ['a line without an end', (response: ServerResponse) => void stream(response).write(`data: ${'x'.repeat(70_000)}`)],
  ])('is not up behind %s, logs that once, and tries again', async (_what, connect) => {
    const { reported, warnings, opened, connection, hurry } = await connectTo({ connect });
    await until(() => hurry() && opened() >= 3);
    expect(reported).toEqual([]);
    expect(connection.isUp()).toBe(false);
    expect(warnings).toHaveLength(1);
  });

  it('is not up behind a buffering proxy', async () => {
    const { reported, opened, hurry } = await connectTo({
      silenceLimitMs: 60,
      connect: (response) => void stream(response),
    });
    await until(() => hurry() && opened() >= 2);
    expect(reported).toEqual([]);
  });

  it('ends when nobody is signed in', async () => {
    const problem = { type: 'about:blank', title: 'T', status: 401, detail: 'D', code: 'unauthenticated' };
    const { reported, opened, connection } = await connectTo({
      connect: (response) => sendJson(response, 401, problem),
    });
    await until(() => reported.includes('signed out'));
    await connection.stop();
    expect(opened()).toBe(1);
  });

  it('stops at once, open or waiting', async () => {
    const open = await connectTo({ connect: (response) => void stream(response).write(line(1)) });
    await until(() => open.connection.isUp());
    await open.connection.stop();
    expect(open.reported).toEqual(['up', 'first 1']);
    const waiting = await connectTo({ connect: (response) => sendJson(response, 503, {}) });
    await until(() => waiting.opened() === 1);
    await waiting.connection.stop();
    expect(waiting.opened()).toBe(1);
  });

  it('opens a new stream at once when it is asked to, also while it waits', async () => {
    const { connection, opened, reported } = await connectTo({
      connect: (response, index) => {
        if (index === 2) response.destroy();
        else stream(response).write(line(index));
      },
    });
    await until(() => reported.includes('first 1'));
    connection.reconnect();
    await until(() => opened() === 2);
    connection.reconnect();
    await until(() => reported.includes('first 3'));
  });
});
