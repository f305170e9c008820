import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MIB } from '../../../shared/lib/sizes.ts';
import { headOf, RawConnection } from '../../support/raw-connection.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let uploadUuid: string;

beforeAll(async () => {
  server = await startTestServer({ httpLimits: { lingerPauseMs: 100 } });
  uploadUuid = await announce();
});
afterAll(() => server.stop());

const STREAM_BYTES = 8 * MIB;

/** Announces a file that is sent whole, as one piece that the server does not have. */
async function announce(): Promise<string> {
  const uuid = randomUUID();
  const head = Buffer.alloc(45);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(1, 1);
  head.writeUInt32LE(0, 5);
  head.writeUInt32LE(STREAM_BYTES, 9);
  const body = {
    upload_uuid: uuid,
    original_filename: 'a.gab',
    file_size: STREAM_BYTES,
    sha256: '0'.repeat(64),
    recipe: deflateRawSync(head).toString('base64'),
  };
  const path = `/api/customer/projects/${server.projects.desk.uuid}/uploads`;
  const response = await server.client(server.people.dana.token).send('POST', path, { body });
  if (response.status !== 200) throw new Error(await response.text());
  return uuid;
}

interface Refusal {
  readonly status: number;
  readonly request: () => string;
  readonly headers?: () => Record<string, string>;
}

const as = (person: 'dana' | 'viktor') => ({ authorization: `Bearer ${server.people[person].token}` });
const JSON_TYPE = { 'content-type': 'application/json' };
const BYTES = { 'content-type': 'application/octet-stream' };
const FORM = { 'content-type': 'multipart/form-data; boundary=x' };
const projectPath = (rest: string) => `/api/customer/projects/${server.projects.desk.uuid}${rest}`;
const stream = () => `PUT /api/customer/uploads/${uploadUuid}/stream`;

const refusals: Readonly<Record<string, Refusal>> = {
  'no token': { status: 401, request: () => 'POST /api/customer/projects', headers: () => JSON_TYPE },
  'no token, upload': { status: 401, request: stream, headers: () => BYTES },
  'a role that may not upload': {
    status: 403,
    request: () => `POST ${projectPath('/avatars')}`,
    headers: () => ({ ...FORM, ...as('viktor') }),
  },
  'no such route': {
    status: 404,
    request: () => 'POST /api/nowhere',
    headers: () => ({ 'content-type': 'image/png' }),
  },
  'no such route, a body that could be read': {
    status: 404,
    request: () => 'POST /api/nowhere',
    headers: () => JSON_TYPE,
  },
  'no such upload': {
    status: 404,
    request: () => `PUT /api/customer/uploads/${randomUUID()}/stream`,
    headers: () => ({ ...BYTES, ...as('dana') }),
  },
  'a body that is too large': {
    status: 413,
    request: () => 'POST /api/customer/projects',
    headers: () => ({ ...JSON_TYPE, ...as('dana') }),
  },
  'a wrong content type': {
    status: 415,
    request: () => 'POST /api/customer/projects',
    headers: () => ({ 'content-type': 'application/xml', ...as('dana') }),
  },
  'a wrong content type, upload': {
    status: 415,
    request: stream,
    headers: () => ({ ...FORM, ...as('dana') }),
  },
  'a wrong host': {
    status: 421,
    request: () => 'POST /api/auth/sessions',
    headers: () => ({ ...JSON_TYPE, host: 'x.example' }),
  },
  'a position behind the stream': {
    status: 409,
    request: () => `${stream()}?from=9`,
    headers: () => ({ ...BYTES, ...as('dana') }),
  },
  'not a form': {
    status: 400,
    request: () => `POST ${projectPath('/avatars')}`,
    headers: () => ({ 'content-type': 'multipart/form-data', ...as('dana') }),
  },
  'a full disk': { status: 507, request: stream, headers: () => ({ ...BYTES, ...as('dana') }) },
};

const BODY_BYTES = 4 * MIB;
/** Without the mechanism a client waits for 72 s. */
const LIMIT_MS = 15_000;

type Sending = 'all of the body' | 'all of the body in chunks' | 'half of the body';

function send(connection: RawConnection, { request, headers = () => ({}) }: Refusal, sending: Sending): void {
  const isChunked = sending === 'all of the body in chunks';
  const length: Record<string, string | number> = isChunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': BODY_BYTES };
  connection.send(headOf(request(), { ...headers(), ...length }));
  if (isChunked) connection.send(`${BODY_BYTES.toString(16)}\r\n`, Buffer.alloc(BODY_BYTES), '\r\n0\r\n\r\n');
  else connection.send(Buffer.alloc(sending === 'half of the body' ? BODY_BYTES / 2 : BODY_BYTES));
}

describe.each(Object.entries(refusals))('refused early: %s', (name, refusal) => {
  test.each<Sending>(['all of the body', 'all of the body in chunks', 'half of the body'])(
    'after %s, the next request on the same socket gets a response, or the end at once',
    { timeout: LIMIT_MS },
    async (sending) => {
      if (name === 'a full disk') await fillDisk();
      const connection = new RawConnection(server.url);
      send(connection, refusal, sending);
      const refused = await connection.response();
      expect(refused?.status).toBe(refusal.status);
      expect(refused?.headers['content-type']).toMatch('application/problem+json');
      connection.send(headOf('GET /api/health'));
      const next = await connection.response();
      if (refused?.headers.connection === 'close') expect(next).toBeNull();
      else expect(next?.status).toBe(200);
    },
  );
});

const ASKING = { expect: '100-continue', 'content-length': BODY_BYTES };
// These show only when the body is read.
const AFTER_ALL = ['a full disk', 'not a form'];
const beforeTheBody = Object.entries(refusals).filter(([name]) => !AFTER_ALL.includes(name));

test.each(beforeTheBody)(
  'a client that waits until it is asked for the body is refused without being asked: %s',
  { timeout: LIMIT_MS },
  async (_name, { status, request, headers = () => ({}) }) => {
    const connection = new RawConnection(server.url);
    connection.send(headOf(request(), { ...headers(), ...ASKING }));
    expect((await connection.response())?.status).toBe(status);
  },
);

test.each([
  ['a small body', 'POST /api/customer/projects', JSON_TYPE, '{"name": 3}', 400],
  ['a form', 'POST', FORM, '--x\r\nContent-Disposition: form-data; name="y"\r\n\r\nz\r\n--x--\r\n', 422],
])(
  'a client that waits until it is asked sends %s once and gets its response',
  async (_what, line, type, body, status) => {
    const connection = new RawConnection(server.url);
    const request = line === 'POST' ? `POST ${projectPath('/avatars')}` : line;
    connection.send(headOf(request, { ...type, ...as('dana'), expect: '100-continue', 'content-length': body.length }));
    expect((await connection.response())?.status).toBe(100);
    connection.send(body);
    expect((await connection.response())?.status).toBe(status);
  },
);

test('a small body that is refused costs no connection', async () => {
  const connection = new RawConnection(server.url);
  for (const body of ['{}', '{"name": 3}']) {
    connection.send(
      headOf('POST /api/customer/projects', { ...JSON_TYPE, ...as('dana'), 'content-length': body.length }),
    );
    connection.send(body);
    expect((await connection.response())?.status).toBe(400);
  }
});

/** Every write of a stream to the disk fails from now on. */
async function fillDisk(): Promise<void> {
  const file = await open('/dev/null', 'r');
  const prototype = Object.getPrototypeOf(file) as { writev: () => Promise<never> };
  await file.close();
  const fault = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const spy = vi.spyOn(prototype, 'writev').mockRejectedValue(fault);
  onTestFinished(() => spy.mockRestore());
}
