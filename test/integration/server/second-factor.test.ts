import { eq } from 'drizzle-orm';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { recoveryCodes, secondFactors } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { type ApiClient, problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, TEST_PASSWORD, type TestPerson } from '../../support/world.ts';

const STEP_MS = 30 * SECOND_MS;
const PER_ACCOUNT = 5;

let server: TestServer;
let person: TestPerson;
let client: ApiClient;
let count = 0;

const newPerson = (role: 'designer' | 'viewer', on = server) => {
  count += 1;
  const email = `frida-${count}@aurora.example`;
  return addPerson(on.database.db, { name: 'Frida', email, role, customerId: on.customers.aurora.id });
};

beforeAll(async () => {
  server = await startTestServer({ signInLimits: { perAccount: PER_ACCOUNT, perAddress: 10_000 } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  person = await newPerson('designer');
  client = server.client(person.token);
});

/** What an authenticator with this secret shows, some steps of 30 s from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret }).generate({ timestamp: Date.now() + steps * STEP_MS });
/** A code of six digits that is not accepted now. */
function wrongCode(secret: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '';
}

const start = (password = TEST_PASSWORD, by = client) =>
  by.send('POST', '/api/auth/me/second-factor', { body: { password } });
const confirm = (code: string, by = client) =>
  by.send('POST', '/api/auth/me/second-factor/confirm', { body: { code } });
const remove = (code: string, password = TEST_PASSWORD) =>
  client.send('POST', '/api/auth/me/second-factor/remove', { body: { password, code } });
const signIn = (code?: string, password = TEST_PASSWORD) =>
  server.client().send('POST', '/api/auth/sessions', { body: { email: person.email, password, code } });
const me = async (by = client) => (await by.get('/api/auth/me')).json();

async function setUp(by = client): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const { secret } = await (await start(TEST_PASSWORD, by)).json();
  const confirmed = await confirm(codeOf(secret), by);
  expect(confirmed.status).toBe(200);
  return { secret, recoveryCodes: (await confirmed.json()).recovery_codes };
}
/** As if enough time had passed for the next code. */
const forgetLastStep = () =>
  server.database.db.update(secondFactors).set({ lastStep: 0 }).where(eq(secondFactors.userId, person.id));
const auditOf = async (email: string) => {
  const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.actor, email));
  return rows.map(({ action }) => action);
};

describe('setting a second factor up', () => {
  test('gives a secret and the same as an otpauth address', async () => {
    const response = await start();
    expect(response.status).toBe(201);
    const { secret, address } = await response.json();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const url = new URL(address);
    expect(url.protocol).toBe('otpauth:');
    expect(decodeURIComponent(url.pathname)).toContain(person.email);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      issuer: 'Gabinet',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  test('needs the password', async () => {
    expect(await problemOf(await start('wrong'))).toMatchObject({ status: 403, code: 'wrong_password' });
  });

  test('is done with a code of the authenticator, and is audited', async () => {
    expect(await me()).toMatchObject({ second_factor: { is_on: false, is_required: false, recovery_codes_left: 0 } });
    await setUp();
    expect(await me()).toMatchObject({ second_factor: { is_on: true, is_required: false, recovery_codes_left: 10 } });
    expect(await auditOf(person.email)).toContain('account.second_factor_on');
  });

  test('does nothing until it is confirmed, and not with a wrong code', async () => {
    const { secret } = await (await start()).json();
    expect(await problemOf(await confirm(wrongCode(secret)))).toMatchObject({ status: 403, code: 'wrong_code' });
    expect((await signIn()).status).toBe(201);
    expect(await me()).toMatchObject({ second_factor: { is_on: false } });
  });

  test('can be started again with another secret before it is confirmed', async () => {
    const first = await (await start()).json();
    const second = await (await start()).json();
    expect(second.secret).not.toBe(first.secret);
    expect((await confirm(codeOf(first.secret))).status).toBe(403);
    expect((await confirm(codeOf(second.secret))).status).toBe(200);
  });

  test('cannot be confirmed before it was started', async () => {
    expect(await problemOf(await confirm('123456'))).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('cannot be done a second time', async () => {
    const { secret } = await setUp();
    expect(await problemOf(await start())).toMatchObject({ status: 409, code: 'already_done' });
    expect(await problemOf(await confirm(codeOf(secret, 1)))).toMatchObject({ status: 409, code: 'already_done' });
  });

  test('gives ten different recovery codes of 80 bits, of which only hashes are stored', async () => {
    const { recoveryCodes: codes } = await setUp();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    const rows = await server.database.db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, person.id));
    for (const { codeHash } of rows) expect(codeHash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('signing in with a second factor', () => {
  test('asks for a code after the right password, and accepts it with spaces', async () => {
    const { secret } = await setUp();
    expect(await problemOf(await signIn())).toMatchObject({ status: 401, code: 'second_factor_required' });
    const code = codeOf(secret, 1);
    const signedIn = await signIn(` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect(signedIn.status).toBe(201);
    const { user, token } = await signedIn.json();
    expect(user).toMatchObject({ has_password: true, second_factor: { is_on: true } });
    expect(await me(server.client(token))).toEqual(user);
  });

  test('does not say that there is one to somebody with a wrong password', async () => {
    const { secret } = await setUp();
    for (const code of [undefined, codeOf(secret, 1)]) {
      expect(await problemOf(await signIn(code, 'wrong'))).toMatchObject({ status: 401, code: 'invalid_credentials' });
    }
  });

  test('refuses a wrong code, which is audited', async () => {
    const { secret } = await setUp();
    expect(await problemOf(await signIn(wrongCode(secret)))).toMatchObject({ status: 403, code: 'wrong_code' });
    const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.action, 'session.refused'));
    expect(rows.map(({ details }) => details)).toContainEqual({ email: person.email, reason: 'wrong_code' });
  });

  test('refuses a code that was used, for the setup or for another sign-in', async () => {
    const { secret } = await setUp();
    const later = codeOf(secret, 1);
    expect((await signIn(later)).status).toBe(201);
    expect(await problemOf(await signIn(later))).toMatchObject({ code: 'wrong_code' });
    expect(await problemOf(await signIn(codeOf(secret)))).toMatchObject({ code: 'wrong_code' });
  });

  test('accepts one code once, however many requests send it at the same time', async () => {
    const { secret } = await setUp();
    const code = codeOf(secret, 1);
    const statuses = await Promise.all(Array.from({ length: PER_ACCOUNT }, async () => (await signIn(code)).status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  });

  test('refuses an old code, even if no newer one was used', async () => {
    const { secret } = await setUp();
    await forgetLastStep();
    expect(await problemOf(await signIn(codeOf(secret, -3)))).toMatchObject({ code: 'wrong_code' });
    expect((await signIn(codeOf(secret))).status).toBe(201);
  });

  test('accepts each recovery code once, however it is typed, which is audited', async () => {
    const { recoveryCodes: codes } = await setUp();
    const [first = '', second = ''] = codes;
    expect((await signIn(first)).status).toBe(201);
    expect(await problemOf(await signIn(first))).toMatchObject({ code: 'wrong_code' });
    const badlyCopied = second.toLowerCase().replaceAll('-', ' ').replaceAll('o', '0').replaceAll('i', '1');
    expect((await signIn(badlyCopied)).status).toBe(201);
    expect(await me()).toMatchObject({ second_factor: { recovery_codes_left: 8 } });
    expect((await auditOf(person.email)).filter((action) => action === 'account.recovery_code_used')).toHaveLength(2);
  });

  test('refuses a recovery code of somebody else', async () => {
    const { recoveryCodes: codes } = await setUp();
    person = await newPerson('designer');
    await setUp(server.client(person.token));
    expect(await problemOf(await signIn(codes[0]))).toMatchObject({ code: 'wrong_code' });
  });

  test('counts wrong codes against the account, and the right password alone does not help', async () => {
    const { secret } = await setUp();
    for (let attempt = 0; attempt < PER_ACCOUNT; attempt += 1) {
      expect(await problemOf(await signIn())).toMatchObject({ code: 'second_factor_required' });
      expect(await problemOf(await signIn(wrongCode(secret)))).toMatchObject({ code: 'wrong_code' });
    }
    for (const code of [undefined, codeOf(secret, 1)]) {
      const refused = await signIn(code);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    }
  });

  test('asking for the code costs no attempt', async () => {
    const { secret } = await setUp();
    for (let attempt = 0; attempt < PER_ACCOUNT * 2; attempt += 1) expect((await signIn()).status).toBe(401);
    expect((await signIn(codeOf(secret, 1))).status).toBe(201);
  });
});

describe('removing the second factor', () => {
  test('needs the password and a code, and is audited', async () => {
    const { secret } = await setUp();
    const code = codeOf(secret, 1);
    expect(await problemOf(await remove(code, 'wrong'))).toMatchObject({ status: 403, code: 'wrong_password' });
    expect(await problemOf(await remove(wrongCode(secret)))).toMatchObject({ status: 403, code: 'wrong_code' });
    expect((await remove(code)).status).toBe(204);
    expect(await me()).toMatchObject({ second_factor: { is_on: false, recovery_codes_left: 0 } });
    expect((await signIn()).status).toBe(201);
    expect(await auditOf(person.email)).toContain('account.second_factor_off');
  });

  test('works with a recovery code', async () => {
    const { recoveryCodes: codes } = await setUp();
    expect((await remove(codes[3] ?? '')).status).toBe(204);
  });

  test('fails if there is none', async () => {
    expect(await problemOf(await remove('123456'))).toMatchObject({ status: 409, code: 'already_done' });
  });

  test('limits wrong codes, and a right password in between does not help', async () => {
    const { secret } = await setUp();
    for (let attempt = 0; attempt < PER_ACCOUNT; attempt += 1) {
      expect((await remove(wrongCode(secret))).status).toBe(403);
    }
    expect(await problemOf(await remove(codeOf(secret, 1)))).toMatchObject({ code: 'too_many_requests' });
  });
});

describe('a role that requires a second factor', () => {
  let strict: TestServer;

  beforeAll(async () => {
    strict = await startTestServer({ secondFactorRoles: ['designer'] });
  });
  afterAll(() => strict.stop());

  const projectsFor = (by: ApiClient) => by.get('/api/customer/projects');

  test('lets its members sign in, but do nothing else until it is set up', async () => {
    const designer = await newPerson('designer', strict);
    const by = strict.client(designer.token);
    expect(await me(by)).toMatchObject({ second_factor: { is_on: false, is_required: true } });
    expect(await problemOf(await projectsFor(by))).toMatchObject({ status: 403, code: 'second_factor_setup_required' });
    const events = await by.get('/api/customer/changes/events');
    expect(await problemOf(events)).toMatchObject({ code: 'second_factor_setup_required' });
    const { secret } = await setUp(by);
    expect((await projectsFor(by)).status).toBe(200);
    const body = { password: TEST_PASSWORD, code: codeOf(secret, 1) };
    expect((await by.send('POST', '/api/auth/me/second-factor/remove', { body })).status).toBe(204);
    expect((await projectsFor(by)).status).toBe(403);
  });

  test('asks nothing of other roles', async () => {
    const by = strict.client((await newPerson('viewer', strict)).token);
    expect(await me(by)).toMatchObject({ second_factor: { is_required: false } });
    expect((await projectsFor(by)).status).toBe(200);
  });

  test('asks nothing of people without a password, whom an identity provider signs in', async () => {
    const designer = await newPerson('designer', strict);
    await strict.database.db.update(users).set({ passwordHash: null }).where(eq(users.id, designer.id));
    const by = strict.client(designer.token);
    expect(await me(by)).toMatchObject({ has_password: false, second_factor: { is_required: false } });
    expect((await projectsFor(by)).status).toBe(200);
  });
});
