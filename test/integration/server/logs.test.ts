import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { MAX_ERROR_CHARS } from '../../../server/failures/describe-error.ts';
import { KIB, MIB } from '../../../shared/lib/sizes.ts';
import { headOf, RawConnection } from '../../support/raw-connection.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const lines: string[] = [];
beforeAll(async () => {
  server = await startTestServer({ logTo: { write: (line) => void lines.push(line) } });
});
afterAll(() => server.stop());
beforeEach(() => {
  lines.length = 0;
});

const written = () => lines.join('');
const dana = () => server.client(server.people.dana.token);

test('the log of a request has its path, but neither query nor body', async () => {
  await dana().get('/api/customer/projects?q=Secret%20Name');
  const body = { email: 'nora@aurora.example', password: 'a wrong password', device_name: 'Noras Laptop' };
  await server.client().send('POST', '/api/auth/sessions', { body });
  await server.client().send('POST', '/api/auth/sessions', { body: { ...body, email: 'Nora\u0000' } });
  expect(written()).toContain('"path":"/api/customer/projects"');
  expect(written()).not.toMatch(/Secret|nora|Nora|wrong password|Bearer/);
});

test('a failed statement writes its kind and its SQLSTATE, at most 2 KB', async () => {
  const text = `nora@aurora.example ${'x'.repeat(MIB)}`;
  const error: unknown = await server.database.db
    .execute(sql`select ${text}::text, 1 / 0`)
    .catch((thrown: unknown) => thrown);
  const spy = vi.spyOn(server.app.context.db, 'select').mockImplementation(() => {
    throw new Error('the statement failed', { cause: error });
  });
  onTestFinished(() => spy.mockRestore());
  expect((await dana().get('/api/customer/projects')).status).toBe(500);
  const failed = lines.filter((line) => line.includes('a request failed'));
  expect(failed).toHaveLength(1);
  expect(JSON.parse(failed[0] ?? '')).toMatchObject({ err: { state: '22012', statement: 'select' } });
  expect(failed[0]?.length).toBeLessThan(MAX_ERROR_CHARS + 300);
  expect(written()).not.toMatch(/nora|xxx/);
});

test('a client without an account cannot write much', async () => {
  const connection = new RawConnection(server.url);
  const text = 'a'.repeat(7 * KIB);
  connection.send(headOf(`GET /api/${text}`, { 'user-agent': text, 'x-forwarded-for': text.slice(0, KIB) }));
  expect((await connection.response())?.status).toBe(404);
  await vi.waitFor(() => expect(written()).toContain('request completed'));
  expect(written().length).toBeLessThan(KIB);
});
