import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../../../../main/api/api-client.ts';
import { createEventConnection } from '../../../../main/sync/event-connection.ts';
import { scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
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
  const told: string[] = [];
  const warnings: unknown[] = [];
  let opened = 0;
  const serverUrl = await scriptedHttp((request, response) => {
    opened += 1;
    connect(response, opened, request);
  });
  const api = createApiClient({ serverUrl, token: 't', onUnauthenticated: () => told.push('signed out') });
  const connection = createEventConnection({
    api,
    log: {
      info: () => undefined,
      warn: (...words) => warnings.push(words),
      error: (...words) => told.push(...words.map(String)),
    },
    silenceLimitMs,
    random: () => 0,
    onUp: () => told.push('up'),
    onDown: () => told.push('down'),
    onEvent: ({ seq }, isFirst) => told.push(isFirst ? `first ${seq}` : `${seq}`),
  });
  onTestFinished(() => connection.stop());
  connection.start();
  /** Does not wait for the backoff; this test is not about it. */
  const hurry = () => {
    connection.tryNow();
    return true;
  };
  return { connection, told, warnings, opened: () => opened, hurry, api };
}

function stream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

const line = (seq: number, customer = CUSTOMER) =>
  `event: change\ndata: ${JSON.stringify({ customer_uuid: customer, seq })}\n\n`;

describe('createEventConnection', () => {
  it('is up with the first event, and tells each one however it was cut on the way', async () => {
    const responses: ServerResponse[] = [];
    const { told, connection } = await connectTo({ connect: (response) => responses.push(stream(response)) });
    const response = await until(() => responses[0]);
    response.write(': welcome\n\n');
    expect(connection.isUp()).toBe(false);
    const text = line(4) + line(5);
    for (const character of text) response.write(character);
    await until(() => told.length === 3);
    expect(told).toEqual(['up', 'first 4', '5']);
    expect(connection.isUp()).toBe(true);
  });

  it('tells the first event of each customer apart', async () => {
    const other = randomUUID();
    const { told } = await connectTo({
      connect: (response) => void stream(response).write(line(1) + line(9, other) + line(2) + line(10, other)),
    });
    await until(() => told.length === 5);
    expect(told).toEqual(['up', 'first 1', 'first 9', '2', '10']);
  });

  it('comes back after an end, and after an error of the server', async () => {
    const { told, hurry } = await connectTo({
      connect: (response, index) => {
        if (index === 1) stream(response).end(line(1));
        else if (index === 2) sendJson(response, 503, {});
        else stream(response).write(line(2));
      },
    });
    await until(() => hurry() && told.includes('first 2'));
    expect(told).toEqual(['up', 'first 1', 'down', 'up', 'first 2']);
  });

  it('takes a silent stream for a dead one', async () => {
    const { told, opened, warnings, hurry } = await connectTo({
      silenceLimitMs: 80,
      connect: (response) => void stream(response).write(line(1)),
    });
    await until(() => hurry() && opened() >= 3);
    expect(told.slice(0, 3)).toEqual(['up', 'first 1', 'down']);
    expect(warnings.length).toBeGreaterThanOrEqual(1);
  });

  it('is kept by heartbeats', async () => {
    let beats = 0;
    const { told, opened } = await connectTo({
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
    expect(told).toEqual(['up', 'first 1']);
  });

  it.each([
    [
      'a page of a proxy',
      (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    [
      'events that are no numbers',
      (response: ServerResponse) => void stream(response).write('event: change\ndata: x\n\n'),
    ],
    ['a line without an end', (response: ServerResponse) => void stream(response).write(`data: ${'x'.repeat(70_000)}`)],
  ])('is not up behind %s, says so once, and tries again', async (_what, connect) => {
    const { told, warnings, opened, connection, hurry } = await connectTo({ connect });
    await until(() => hurry() && opened() >= 3);
    expect(told).toEqual([]);
    expect(connection.isUp()).toBe(false);
    expect(warnings).toHaveLength(1);
  });

  it('is not up behind a proxy that keeps everything back', async () => {
    const { told, opened, hurry } = await connectTo({
      silenceLimitMs: 60,
      connect: (response) => void stream(response),
    });
    await until(() => hurry() && opened() >= 2);
    expect(told).toEqual([]);
  });

  it('ends when nobody is signed in any more', async () => {
    const problem = { type: 'about:blank', title: 'T', status: 401, detail: 'D', code: 'unauthenticated' };
    const { told, opened, connection } = await connectTo({ connect: (response) => sendJson(response, 401, problem) });
    await until(() => told.includes('signed out'));
    await connection.stop();
    expect(opened()).toBe(1);
  });

  it('stops at once, open or waiting', async () => {
    const open = await connectTo({ connect: (response) => void stream(response).write(line(1)) });
    await until(() => open.connection.isUp());
    await open.connection.stop();
    expect(open.told).toEqual(['up', 'first 1']);
    const waiting = await connectTo({ connect: (response) => sendJson(response, 503, {}) });
    await until(() => waiting.opened() === 1);
    await waiting.connection.stop();
    expect(waiting.opened()).toBe(1);
  });
});
