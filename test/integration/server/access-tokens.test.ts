import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { accessTokens } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { sweepRows } from '../../../server/features/housekeeping/sweep-rows.ts';
import { MAX_TOKENS } from '../../../shared/domain/access-token.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { addToken } from '../../support/access-tokens.ts';
import { type ApiClient, problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, TEST_PASSWORD, type TestPerson } from '../../support/world.ts';

const PATH = '/api/auth/access-tokens';
const FORM = /^gabinet_pat_[A-Za-z0-9_-]{43}$/;

let server: TestServer;
/** A designer of Aurora, another one for each test. */
let erik: TestPerson;
let client: ApiClient;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ signInLimits: { perAccount: 5, perAddress: 1000 } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  const email = `erik-${count}@aurora.example`;
  const customerId = server.customers.aurora.id;
  erik = await addPerson(server.database.db, { name: 'Erik', email, role: 'designer', customerId });
  client = server.client(erik.token);
});

const make = (body: Record<string, unknown> = {}, by = client) =>
  by.send('POST', PATH, { body: { name: 'Build', scopes: ['read'], password: TEST_PASSWORD, ...body } });
const list = async (by = client) => (await (await by.get(PATH)).json()).access_tokens;
const withToken = async (scopes: Parameters<typeof addToken>[1]['scopes'], days = 90) =>
  server.client(await addToken(server.database.db, { userId: erik.id, scopes, days }));
const works = async (by: ApiClient) => (await by.get('/api/auth/me')).ok;
const auditOf = async (action: 'token.created' | 'token.revoked' | 'token.refused') => {
  const rows = await server.database.db.select().from(auditEvents).where(eq(auditEvents.action, action));
  return rows.filter(({ actor, details }) => actor === erik.email || details.email === erik.email);
};

describe('making an access token', () => {
  test('returns its secret once, which scanners recognize, and stores only its hash', async () => {
    const response = await make({ name: ' Nightly build ', scopes: ['activate', 'upload'] });
    expect(response.status).toBe(201);
    const { token, access_token } = await response.json();
    expect(token).toMatch(FORM);
    expect(access_token).toMatchObject({ name: 'Nightly build', scopes: ['upload', 'activate'], last_used_at: null });
    expect(JSON.stringify(await list())).not.toContain(token);
    const rows = await server.database.db.select().from(accessTokens).where(eq(accessTokens.userId, erik.id));
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await works(server.client(token))).toBe(true);
    expect(await auditOf('token.created')).toMatchObject([
      { actor: erik.email, details: { token: 'Nightly build', scopes: ['upload', 'activate'] } },
    ]);
  });

  test('gives it 90 days, or as many as the owner wants up to a year', async () => {
    const daysOf = async (body: Record<string, unknown>) => {
      const { access_token } = await (await make(body)).json();
      return (Date.parse(access_token.expires_at) - Date.parse(access_token.created_at)) / DAY_MS;
    };
    expect(await daysOf({})).toBe(90);
    expect(await daysOf({ expires_in_days: 365 })).toBe(365);
    for (const expires_in_days of [0, 366, 1.5]) expect((await make({ expires_in_days })).status).toBe(400);
  });

  test.each([
    ['without a scope', { scopes: [] }],
    ['with an unknown scope', { scopes: ['everything'] }],
    ['without a name', { name: ' ' }],
  ])('%s fails with `invalid_request`', async (_what, body) => {
    expect(await problemOf(await make(body))).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  test('needs the password, and guessing it has to wait', async () => {
    expect(await problemOf(await make({ password: undefined }))).toMatchObject({ status: 403, code: 'wrong_password' });
    for (let attempt = 1; attempt < 5; attempt += 1) expect((await make({ password: 'wrong' })).status).toBe(403);
    const refused = await make({ password: TEST_PASSWORD });
    expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await list()).toEqual([]);
  });

  test('needs no password of somebody who has none', async () => {
    await server.database.db.update(users).set({ passwordHash: null }).where(eq(users.id, erik.id));
    expect((await make({ password: undefined })).status).toBe(201);
  });

  test('stops at a limit that expired ones do not count for', async () => {
    await withToken(['read'], -1);
    for (let made = 1; made < MAX_TOKENS; made += 1) await withToken(['read']);
    expect((await make()).status).toBe(201);
    expect(await problemOf(await make())).toMatchObject({ status: 429, code: 'too_many_requests' });
  });

  test('waits for a second factor that the role requires', async () => {
    const strict = await startTestServer({ shareWith: server, secondFactorRoles: ['designer'] });
    try {
      const refused = await make({}, strict.client(erik.token));
      expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'second_factor_setup_required' });
    } finally {
      await strict.stop();
    }
  });
});

describe('using an access token', () => {
  test('is noted', async () => {
    const token = await withToken(['read']);
    expect(await list()).toMatchObject([{ last_used_at: null }]);
    await works(token);
    expect(await list()).toMatchObject([{ last_used_at: expect.any(String) }]);
  });

  test('allows what its scopes allow', async () => {
    const bytes = await readFixture('gab/minimal.gab');
    const { uuid: project } = server.projects.desk;
    const uploader = await withToken(['upload']);
    const uploaded = await uploader.upload(project, { bytes, fields: { activate: 'false' } });
    expect(uploaded.status).toBe(201);
    const { uuid } = await uploaded.json();
    const activation = { body: { avatar_uuid: uuid, expected_active_uuid: null } };
    const path = `/api/customer/projects/${project}/active-avatar`;
    const refused = await problemOf(await uploader.send('PUT', path, activation));
    expect(refused).toMatchObject({ status: 403, code: 'forbidden' });
    expect(refused.detail).toContain('"activate"');
    expect((await (await withToken(['activate'])).send('PUT', path, activation)).status).toBe(200);
  });

  test('for an upload that activates needs the scope for that, too', async () => {
    const bytes = await readFixture('gab/minimal.gab');
    const fields = { activate: 'true' };
    const refused = await (await withToken(['upload'])).upload(server.projects.desk.uuid, { bytes, fields });
    expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'forbidden' });
    const allowed = await (await withToken(['upload', 'activate'])).upload(server.projects.desk.uuid, {
      bytes,
      fields,
    });
    expect(allowed.status).toBe(201);
  });

  test('never allows more than its owner may do', async () => {
    const token = await addToken(server.database.db, { userId: server.people.viktor.id, scopes: ['upload', 'admin'] });
    const bytes = await readFixture('gab/minimal.gab');
    const refused = await server.client(token).upload(server.projects.desk.uuid, { bytes });
    expect((await problemOf(refused)).detail).toContain('Your role');
    expect((await server.client(token).get('/api/admin/audit-events')).status).toBe(403);
  });

  test.each([
    ['make another token', 'POST', PATH, { name: 'More', scopes: ['read'], password: TEST_PASSWORD }],
    [
      'change the password',
      'PUT',
      '/api/auth/me/password',
      { current_password: TEST_PASSWORD, new_password: 'four words' },
    ],
    ['set a second factor up', 'POST', '/api/auth/me/second-factor', { password: TEST_PASSWORD }],
    ['list sessions', 'GET', '/api/auth/sessions', undefined],
  ])('does not allow to %s', async (_what, method, path, body) => {
    const token = await withToken(['read', 'upload', 'activate', 'admin']);
    const refused = await problemOf(await token.send(method, path, { body }));
    expect(refused).toMatchObject({ status: 403, code: 'forbidden', detail: 'Access tokens cannot do this.' });
  });
});

describe('an access token ends', () => {
  test('when it expires, and its owner still sees it', async () => {
    const token = await withToken(['read'], -1);
    const refused = await problemOf(await token.get('/api/auth/me'));
    expect(refused).toMatchObject({ status: 401, code: 'unauthenticated', detail: 'This access token has expired.' });
    expect(await list()).toHaveLength(1);
  });

  test('when its owner revokes it, and only then', async () => {
    const token = await withToken(['read']);
    const [{ uuid }] = await list();
    const dana = server.client(server.people.dana.token);
    expect((await dana.send('DELETE', `${PATH}/${uuid}`)).status).toBe(404);
    expect(await works(token)).toBe(true);
    expect((await client.send('DELETE', `${PATH}/${uuid}`)).status).toBe(204);
    expect(await works(token)).toBe(false);
    expect(await list()).toEqual([]);
    expect((await client.send('DELETE', `${PATH}/${uuid}`)).status).toBe(404);
    expect(await auditOf('token.revoked')).toMatchObject([{ actor: erik.email, details: { token: 'Build' } }]);
  });

  const byMira = (name: string) => () =>
    server.client(server.people.mira.token).send('POST', `/api/customer/people/${erik.uuid}/${name}`);
  test.each([
    ['is disabled', byMira('disable')],
    ['is signed out', byMira('sign-out')],
    [
      'changes the password and ends the other sessions',
      () =>
        client.send('PUT', '/api/auth/me/password', {
          body: { current_password: TEST_PASSWORD, new_password: 'four words from nowhere', end_other_sessions: true },
        }),
    ],
    [
      'resets the password',
      async () => {
        const { url } = await (await byMira('reset')()).json();
        const link = new URL(url).pathname.split('/').at(-1);
        const body = { password: 'four words from nowhere' };
        return server.client().send('POST', `/api/auth/links/${link}`, { body });
      },
    ],
  ])('when its owner %s', async (_what, act) => {
    const token = await withToken(['read']);
    expect((await act()).ok).toBe(true);
    expect(await works(token)).toBe(false);
  });

  test('and stays when its owner only changes the password', async () => {
    const token = await withToken(['read']);
    const body = { current_password: TEST_PASSWORD, new_password: 'four words from nowhere' };
    expect((await client.send('PUT', '/api/auth/me/password', { body })).status).toBe(204);
    expect(await works(token)).toBe(true);
  });

  test('and its row is removed 30 days later', async () => {
    await withToken(['read'], -31);
    await withToken(['read'], -29);
    await sweepRows(server.app.context);
    expect(await list()).toHaveLength(1);
  });
});

test('refused tokens are audited once an hour, and tokens that never existed are not', async () => {
  const token = await withToken(['read'], -1);
  for (let attempt = 0; attempt < 3; attempt += 1) expect(await works(token)).toBe(false);
  expect(await auditOf('token.refused')).toMatchObject([
    { actor: null, details: { token: 'Build', reason: 'expired', email: erik.email } },
  ]);
  const { db } = server.database;
  const before = await db.$count(auditEvents, and(eq(auditEvents.action, 'token.refused')));
  expect(await works(server.client(`gabinet_pat_${'A'.repeat(43)}`))).toBe(false);
  expect(await db.$count(auditEvents, eq(auditEvents.action, 'token.refused'))).toBe(before);
});

describe('the tokens of other people', () => {
  const pathOf = (person: TestPerson) => `/api/customer/people/${person.uuid}/access-tokens`;

  test('are listed and revoked by those who manage their accounts', async () => {
    const [first, second, third] = [await withToken(['read']), await withToken(['read']), await withToken(['read'])];
    const mira = server.client(server.people.mira.token);
    const { access_tokens } = await (await mira.get(pathOf(erik))).json();
    expect(access_tokens).toHaveLength(3);
    const one = await mira.send('DELETE', `${pathOf(erik)}?token_uuid=${access_tokens[0].uuid}`);
    expect(await one.json()).toEqual({ revoked: 1 });
    expect([await works(first), await works(second), await works(third)]).toEqual([true, true, false]);
    const all = await server.client(server.people.ada.token).send('DELETE', pathOf(erik));
    expect(await all.json()).toEqual({ revoked: 2 });
    expect(await auditOf('token.revoked')).toMatchObject([
      { actor: server.people.mira.email },
      { actor: server.people.ada.email },
      { actor: server.people.ada.email },
    ]);
  });

  test('cannot be revoked through another person', async () => {
    const token = await withToken(['read']);
    const [{ uuid }] = await list();
    const mira = server.client(server.people.mira.token);
    const refused = await mira.send('DELETE', `${pathOf(server.people.dana)}?token_uuid=${uuid}`);
    expect(refused.status).toBe(404);
    expect(await works(token)).toBe(true);
  });
});
