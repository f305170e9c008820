import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { problemSchema } from '../../../shared/api/problem.ts';
import { KIB } from '../../../shared/lib/sizes.ts';
import { headOf, RawConnection, type RawResponse } from '../../support/raw-connection.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ httpLimits: { bodyMs: 300, uploadWindowMs: 500, lingerPauseMs: 100 } });
});
afterAll(() => server.stop());

async function another(options: TestServerOptions): Promise<TestServer> {
  const other = await startTestServer({ ...options, shareWith: server });
  onTestFinished(() => other.stop());
  return other;
}

function codeOf(response: RawResponse | null): string {
  expect(response?.headers['content-type']).toMatch('application/problem+json');
  const problem = problemSchema.parse(JSON.parse(response?.body ?? ''));
  expect(problem.status).toBe(response?.status);
  return problem.code;
}

/** Sends a block again and again until the connection ends or `blocks` are sent. */
function drip(connection: RawConnection, block: string, { everyMs, blocks = Number.POSITIVE_INFINITY }: Drip): void {
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    connection.send(block);
    if (sent >= blocks || connection.isClosed) clearInterval(timer);
  }, everyMs);
  onTestFinished(() => clearInterval(timer));
}

interface Drip {
  readonly everyMs: number;
  readonly blocks?: number;
}

const dana = () => ({ authorization: `Bearer ${server.people.dana.token}` });
const BOUNDARY = { 'content-type': 'multipart/form-data; boundary=x' };
const FILE_PART = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.gab"\r\n\r\n';
const uploadHead = (headers: Record<string, string | number>) =>
  headOf(`POST /api/customer/projects/${server.projects.desk.uuid}/avatars`, { ...BOUNDARY, ...dana(), ...headers });

describe('a body that drips', () => {
  test('is cut after its deadline, and the client learns why', async () => {
    const connection = new RawConnection(server.url);
    connection.send(headOf('POST /api/auth/sessions', { 'content-type': 'application/json', 'content-length': 1000 }));
    drip(connection, 'a', { everyMs: 50 });
    expect(codeOf(await connection.response())).toBe('request_timeout');
    await connection.closed();
  });

  test('is cut in an upload that is slower than 1 KiB/s', async () => {
    const connection = new RawConnection(server.url);
    connection.send(uploadHead({ 'content-length': 100 * KIB }), FILE_PART);
    drip(connection, 'a', { everyMs: 50 });
    expect(codeOf(await connection.response())).toBe('request_timeout');
    await connection.closed();
  });

  test('may take as long as it needs in an upload that makes progress', async () => {
    const connection = new RawConnection(server.url);
    const [block, blocks, end] = ['a'.repeat(KIB), 24, '\r\n--x--\r\n'];
    const length = FILE_PART.length + block.length * blocks + end.length;
    connection.send(uploadHead({ 'content-length': length }), FILE_PART);
    // Three times the window.
    drip(connection, block, { everyMs: 60, blocks });
    const timer = setInterval(() => {
      if (connection.socket.bytesWritten < length - end.length) return;
      clearInterval(timer);
      connection.send(end);
    }, 20);
    expect((await connection.response())?.status).toBe(201);
  });
});

describe('too many connections', () => {
  const LIMITS = { connections: 6, connectionsPerNetwork: 4 };

  async function fill(url: string, count: number): Promise<RawConnection[]> {
    const connections = Array.from({ length: count }, () => new RawConnection(url));
    for (const connection of connections) {
      connection.send(headOf('GET /api/health'));
      expect((await connection.response())?.status).toBe(200);
    }
    return connections;
  }

  test('of one network are refused with 429 until one of them ends', async () => {
    const lines: string[] = [];
    const { url } = await another({ httpLimits: LIMITS, logTo: { write: (line) => void lines.push(line) } });
    const [first] = await fill(url, LIMITS.connectionsPerNetwork);
    const refused = new RawConnection(url);
    refused.send(headOf('GET /api/health'));
    const response = await refused.response();
    expect(codeOf(response)).toBe('too_many_requests');
    expect(response?.headers).toMatchObject({ 'retry-after': '5', connection: 'close' });
    await refused.closed();
    first?.socket.destroy();
    await expect.poll(async () => askOnce(url)).toBe(200);
    // One warning, however many are refused.
    expect(lines.filter((line) => line.includes('too many connections from your network'))).toHaveLength(1);
  });

  test('of everybody are refused with 503; a proxy may have more than others', async () => {
    const { url } = await another({ httpLimits: LIMITS, trustedProxies: ['loopback'] });
    await fill(url, LIMITS.connections);
    const refused = new RawConnection(url);
    refused.send(headOf('GET /api/health'));
    expect(codeOf(await refused.response())).toBe('unavailable');
    await refused.closed();
  });

  async function askOnce(url: string): Promise<number | undefined> {
    const connection = new RawConnection(url);
    connection.send(headOf('GET /api/health'));
    const response = await connection.response();
    connection.socket.destroy();
    return response?.status;
  }
});

describe('what is not a request', () => {
  test.each([
    ['headers_too_large', headOf('GET /api/health', { cookie: 'a'.repeat(20 * KIB) })],
    ['headers_too_large', headOf(`GET /api/health?${'a'.repeat(20 * KIB)}`)],
    ['invalid_request', 'GARBAGE\r\n\r\n'],
    ['invalid_request', headOf('GET /api/health', { 'x-nul': 'a\u0000b' })],
    ['invalid_request', headOf('POST /api/auth/sessions', { 'content-length': 'x' })],
  ])('gets problem details: %s (%#)', async (code, request) => {
    const connection = new RawConnection(server.url);
    connection.send(request);
    expect(codeOf(await connection.response())).toBe(code);
    await connection.closed();
  });

  test('is refused in the middle of a body, too', async () => {
    const connection = new RawConnection(server.url);
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    connection.send(headOf('POST /api/auth/sessions', headers), 'not a size\r\n');
    expect(codeOf(await connection.response())).toBe('invalid_request');
    await connection.closed();
  });
});
