import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiClient, problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, TEST_PASSWORD, type TestPerson } from '../../support/world.ts';

let server: TestServer;
let person: TestPerson;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ signInLimits: { perAccount: 1000, perAddress: 1000 } });
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  person = await addPerson(server.database.db, {
    name: 'Erik',
    email: `erik-${count}@aurora.example`,
    role: 'designer',
    customerId: server.customers.aurora.id,
  });
});

interface SignedIn {
  readonly client: ApiClient;
  readonly deviceToken: string;
}

async function signIn(device: { name: string; token?: string }, password = TEST_PASSWORD): Promise<SignedIn> {
  const body = { email: person.email, password, device_name: device.name, device_token: device.token };
  const response = await server.client().send('POST', '/api/auth/sessions', { body });
  expect(response.status).toBe(201);
  const { token, device_token: deviceToken } = await response.json();
  return { client: server.client(token), deviceToken };
}

const sessionsOf = async (client: ApiClient) => (await (await client.get('/api/auth/sessions')).json()).sessions;
const isSignedIn = async (client: ApiClient) => (await client.get('/api/auth/me')).ok;
const auditOf = async () => {
  const { events } = await (
    await server.client(server.people.ada.token).get('/api/admin/audit-events?limit=200')
  ).json();
  return events
    .filter(({ actor }: { actor: string }) => actor === person.email)
    .map(({ action }: { action: string }) => action);
};

describe('one’s own sessions', () => {
  test('are listed with their devices, the current one marked', async () => {
    const { client } = await signIn({ name: 'Workstation' });
    const [current, ...others] = await sessionsOf(client);
    expect(current).toMatchObject({ device_name: 'Workstation', is_current: true, last_used_at: expect.any(String) });
    expect(others).toMatchObject([{ device_name: '', is_current: false }]);
  });

  test('can be ended one by one', async () => {
    const [laptop, desk] = [await signIn({ name: 'Laptop' }), await signIn({ name: 'Desk' })];
    const found = (await sessionsOf(desk.client)).find((one: { device_name: string }) => one.device_name === 'Laptop');
    expect((await desk.client.send('DELETE', `/api/auth/sessions/${found.uuid}`)).status).toBe(204);
    expect(await isSignedIn(laptop.client)).toBe(false);
    expect(await isSignedIn(desk.client)).toBe(true);
    const again = await desk.client.send('DELETE', `/api/auth/sessions/${found.uuid}`);
    expect(await problemOf(again)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await auditOf()).toContain('session.deleted');
  });

  test('can be ended all at once, but for this one', async () => {
    const [laptop, desk] = [await signIn({ name: 'Laptop' }), await signIn({ name: 'Desk' })];
    const ended = await desk.client.send('DELETE', '/api/auth/sessions');
    expect(await ended.json()).toEqual({ ended: 2 });
    expect(await isSignedIn(laptop.client)).toBe(false);
    expect(await sessionsOf(desk.client)).toHaveLength(1);
  });

  test('of other people cannot be ended', async () => {
    const { client } = await signIn({ name: 'Desk' });
    const [own] = await sessionsOf(client);
    const dana = server.client(server.people.dana.token);
    expect((await dana.send('DELETE', `/api/auth/sessions/${own.uuid}`)).status).toBe(404);
    expect(await isSignedIn(client)).toBe(true);
  });

  test('from one device share it, and a token of another person’s device is not recognized', async () => {
    const first = await signIn({ name: 'Desk' });
    expect((await signIn({ name: 'Desk', token: first.deviceToken })).deviceToken).toBe(first.deviceToken);
    const stranger = person;
    person = server.people.dana;
    expect((await signIn({ name: 'Desk', token: first.deviceToken })).deviceToken).not.toBe(first.deviceToken);
    person = stranger;
  });
});

describe('one’s own password', () => {
  const change = (client: ApiClient, body: Record<string, unknown>) =>
    client.send('PUT', '/api/auth/me/password', { body: { current_password: TEST_PASSWORD, ...body } });

  test('is changed with the current one, and other sessions stay unless they shall end', async () => {
    const [laptop, desk] = [await signIn({ name: 'Laptop' }), await signIn({ name: 'Desk' })];
    expect((await change(desk.client, { new_password: 'four words from nowhere' })).status).toBe(204);
    expect(await isSignedIn(laptop.client)).toBe(true);
    await signIn({ name: 'Desk' }, 'four words from nowhere');
    const body = {
      current_password: 'four words from nowhere',
      new_password: 'another four words',
      end_other_sessions: true,
    };
    expect((await change(desk.client, body)).status).toBe(204);
    expect(await isSignedIn(laptop.client)).toBe(false);
    expect(await isSignedIn(desk.client)).toBe(true);
    expect(await auditOf()).toContain('account.password_changed');
  });

  test('stays if the current one is wrong', async () => {
    const { client } = await signIn({ name: 'Desk' });
    const refused = await change(client, { current_password: 'wrong', new_password: 'four words from nowhere' });
    expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'wrong_password' });
    await signIn({ name: 'Desk' });
  });

  test.each([
    ['too short', 'short', 400, 'invalid_request'],
    ['one of the most common', 'Passwordpassword', 422, 'weak_password'],
    ['one of the most common ones', 'Qwertyuiop123', 422, 'weak_password'],
    ['a few characters again and again', 'abcabcabcabcabc', 422, 'weak_password'],
  ])('is refused if it is %s', async (_what, password, status, code) => {
    const { client } = await signIn({ name: 'Desk' });
    expect(await problemOf(await change(client, { new_password: password }))).toMatchObject({ status, code });
  });

  test('is refused if it is the e-mail address', async () => {
    const { client } = await signIn({ name: 'Desk' });
    const refused = await change(client, { new_password: person.email.toUpperCase() });
    expect(await problemOf(refused)).toMatchObject({ status: 422, code: 'weak_password' });
  });
});

test('one’s own name is changed for everybody', async () => {
  const { client } = await signIn({ name: 'Desk' });
  const renamed = await client.send('PATCH', '/api/auth/me', { body: { name: ' Erika ' } });
  expect(await renamed.json()).toMatchObject({ name: 'Erika' });
  expect(await (await client.get('/api/auth/me')).json()).toMatchObject({ name: 'Erika' });
  expect(await auditOf()).toContain('account.renamed');
});

test('refused sign-ins and refused access are audited', async () => {
  await server.client().send('POST', '/api/auth/sessions', { body: { email: person.email, password: 'wrong' } });
  await server.client(person.token).get('/api/admin/customers');
  const { events } = await (await server.client(server.people.ada.token).get('/api/admin/audit-events?limit=2')).json();
  expect(events).toMatchObject([
    { action: 'access.refused', actor: person.email, details: { route: 'GET /api/admin/customers' } },
    { action: 'session.refused', actor: null, details: { email: person.email, reason: 'invalid_credentials' } },
  ]);
});
