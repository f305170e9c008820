import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountLinks } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { hashToken } from '../../../server/features/accounts/tokens.ts';
import { fillPath, type RouteDefinition } from '../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../shared/api/routes.ts';
import type { LinkKind } from '../../../shared/domain/account-fields.ts';
import { issueTestLink } from '../../support/account-links.ts';
import { problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, type TestPerson } from '../../support/world.ts';

const NEW_PASSWORD = 'four words from nowhere';
const limits = { signInLimits: { perAccount: 1000, perAddress: 1000 } };

const link = (server: TestServer, token: string) => server.client().get(`/api/auth/links/${token}`);
const use = (server: TestServer, token: string, body: Record<string, unknown> = {}) =>
  server.client().send('POST', `/api/auth/links/${token}`, { body: { password: NEW_PASSWORD, ...body } });
const signIn = (server: TestServer, email: string, password = NEW_PASSWORD) =>
  server.client().send('POST', '/api/auth/sessions', { body: { email, password } });
const auditOf = async (server: TestServer, actor: string, action: string) => {
  const { rows } = await server.database.pool.query(
    'select details from audit_events where actor = $1 and action = $2 order by id',
    [actor, action],
  );
  return rows.map(({ details }) => details);
};
const expectInvalid = async (response: Response) =>
  expect(await problemOf(response)).toMatchObject({ status: 410, code: 'link_invalid' });

describe('a server without an administrator', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(limits);
    await server.database.db.update(users).set({ isAdmin: false });
  });
  afterAll(() => server.stop());

  const names = Object.keys(apiRoutes) as ApiRouteName[];
  // An identity provider may give the first administrator.
  const working = ['getServerInfo', 'getHealth', 'getLink', 'useLink', 'startProviderSignIn', 'createProviderSession'];
  const pathOf = ({ path }: RouteDefinition) =>
    fillPath(path, Object.fromEntries([...path.matchAll(/:([a-z_]+)/g)].map(([, name]) => [name ?? '', 'x'])));

  test.each(names.filter((name) => !working.includes(name)))('%s fails with `setup_required`', async (name) => {
    const route: RouteDefinition = apiRoutes[name];
    const response = await server.client(server.people.dana.token).send(route.method, pathOf(route));
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'setup_required' });
  });

  test.each(['/api/docs/', '/api/docs/json', '/api/openapi.json', '/'])('so does %s', async (path) => {
    expect(await problemOf(await server.client().get(path))).toMatchObject({ code: 'setup_required' });
  });

  test('says that it is not set up, and is healthy', async () => {
    expect(await (await server.client().get('/api/server')).json()).toMatchObject({ is_set_up: false });
    expect((await server.client().get('/api/health')).status).toBe(200);
  });

  test('a newer setup link ends the earlier one', async () => {
    const earlier = await issueTestLink(server, 'setup', null);
    const newer = await issueTestLink(server, 'setup', null);
    await expectInvalid(await link(server, earlier));
    expect(await (await link(server, newer)).json()).toMatchObject({ kind: 'setup', email: null, name: null });
  });

  test('a setup link asks for an e-mail address without an account, a name and a good password', async () => {
    const token = await issueTestLink(server, 'setup', null);
    const attempts = [
      [{ name: 'Nora' }, 400, 'invalid_request'],
      [{ email: 'nora@gabinet.example' }, 400, 'invalid_request'],
      [{ name: 'Nora', email: server.people.dana.email }, 400, 'invalid_request'],
      [{ name: 'Nora', email: 'nora@gabinet.example', password: 'passwordpassword' }, 422, 'weak_password'],
      [{ name: 'Nora', email: 'nora@gabinet.example', password: 'short' }, 400, 'invalid_request'],
    ] as const;
    for (const [body, status, code] of attempts)
      expect(await problemOf(await use(server, token, body))).toMatchObject({ status, code });
    expect((await link(server, token)).status).toBe(200);
  });

  test('of two setup links used at the same time, exactly one creates the administrator, who then signs in', async () => {
    const token = await issueTestLink(server, 'setup', null);
    // Issuing ends earlier links, so the second one that works is made by hand.
    const second = 'second-setup-token-of-this-test';
    const fields = { kind: 'setup', tokenHash: hashToken(second), expiresAt: new Date('2100-01-01') } as const;
    await server.database.db.insert(accountLinks).values(fields);
    const results = await Promise.all(
      [token, second].map((one, at) => use(server, one, { name: 'Nora', email: `Nora${at}@Gabinet.example` })),
    );
    const [created, refused] = results.toSorted((a, b) => a.status - b.status);
    expect([created?.status, refused?.status]).toEqual([200, 410]);
    const { email } = await (created as Response).json();
    const session = await (await signIn(server, email)).json();
    expect(session.user).toMatchObject({ email, name: 'Nora', is_admin: true, memberships: [] });
    expect(await (await server.client().get('/api/server')).json()).toMatchObject({ is_set_up: true });
    expect((await server.client().get('/api/openapi.json')).status).toBe(200);
    expect(await auditOf(server, email, 'account.created')).toEqual([{ email, name: 'Nora' }]);
    expect(await auditOf(server, email, 'link.used')).toEqual([{ kind: 'setup', email }]);
    await expectInvalid(await use(server, await issueTestLink(server, 'setup', null), { email, name: 'Nora' }));
  });
});

describe('a link for a person', () => {
  let server: TestServer;
  let count = 0;
  beforeAll(async () => {
    server = await startTestServer(limits);
  });
  afterAll(() => server.stop());

  async function someone(hasPassword: boolean): Promise<TestPerson> {
    count += 1;
    const person = await addPerson(server.database.db, {
      name: 'Erik',
      email: `erik-${count}@aurora.example`,
      role: 'designer',
      customerId: server.customers.aurora.id,
    });
    if (!hasPassword) {
      await server.database.db.update(users).set({ passwordHash: null }).where(eq(users.id, person.id));
    }
    return person;
  }
  const isSignedIn = async ({ token }: TestPerson) => (await server.client(token).get('/api/auth/me')).ok;

  test('that is an invitation sets the first password and may change the name', async () => {
    const person = await someone(false);
    const token = await issueTestLink(server, 'invitation', person);
    const described = await (await link(server, token)).json();
    expect(described).toMatchObject({ kind: 'invitation', email: person.email, name: 'Erik' });
    const days = (Date.parse(described.expires_at) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    expect(await (await use(server, token, { name: 'Erika', email: 'ignored@x.example' })).json()).toEqual({
      email: person.email,
    });
    const { user } = await (await signIn(server, person.email)).json();
    expect(user).toMatchObject({ name: 'Erika', is_admin: false });
    expect(await auditOf(server, person.email, 'account.renamed')).toEqual([{ from: 'Erik', to: 'Erika' }]);
    await expectInvalid(await use(server, token));
  });

  test('that is a reset replaces the password, ends all sessions, and keeps the name', async () => {
    const person = await someone(true);
    expect(await isSignedIn(person)).toBe(true);
    const token = await issueTestLink(server, 'reset', person);
    expect((await use(server, token, { name: 'Somebody else' })).status).toBe(200);
    expect(await isSignedIn(person)).toBe(false);
    expect((await signIn(server, person.email, person.password)).status).toBe(401);
    const { user } = await (await signIn(server, person.email)).json();
    expect(user.name).toBe('Erik');
  });

  test('works once, even if it is used twice at the same time', async () => {
    const token = await issueTestLink(server, 'reset', await someone(true));
    const statuses = await Promise.all([use(server, token), use(server, token)]);
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200, 410]));
  });

  test('stays usable if the password is refused', async () => {
    const person = await someone(true);
    const token = await issueTestLink(server, 'reset', person);
    expect(await problemOf(await use(server, token, { password: person.email }))).toMatchObject({
      code: 'weak_password',
    });
    expect((await use(server, token)).status).toBe(200);
  });

  test.each(['invitation', 'reset'] as const)('that is a newer %s ends the earlier one', async (kind: LinkKind) => {
    const person = await someone(true);
    const other = await issueTestLink(server, kind, await someone(true));
    const earlier = await issueTestLink(server, kind, person);
    const newer = await issueTestLink(server, kind, person);
    await expectInvalid(await link(server, earlier));
    expect((await link(server, newer)).status).toBe(200);
    expect((await link(server, other)).status).toBe(200);
  });

  test('ends when another one has set the password', async () => {
    const person = await someone(false);
    const invitation = await issueTestLink(server, 'invitation', person);
    expect((await use(server, await issueTestLink(server, 'reset', person))).status).toBe(200);
    await expectInvalid(await use(server, invitation));
  });

  test('ends when the person changes the password', async () => {
    const person = await someone(true);
    const token = await issueTestLink(server, 'reset', person);
    const body = { current_password: person.password, new_password: NEW_PASSWORD };
    expect((await server.client(person.token).send('PUT', '/api/auth/me/password', { body })).status).toBe(204);
    await expectInvalid(await link(server, token));
  });

  test('does not work when expired, unknown, or of a disabled person: the responses are the same', async () => {
    const [expired, disabled] = [await someone(true), await someone(true)];
    const tokens = [
      await issueTestLink(server, 'reset', expired),
      await issueTestLink(server, 'reset', disabled),
      'unknown-unknown-unknown',
    ];
    const { db } = server.database;
    await db.update(accountLinks).set({ expiresAt: new Date() }).where(eq(accountLinks.userId, expired.id));
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.id));
    const problems = await Promise.all(tokens.map(async (token) => problemOf(await link(server, token))));
    expect(problems).toEqual(problems.map(() => ({ ...problems[0], instance: expect.any(String) })));
    expect(problems[0]).toMatchObject({ status: 410, code: 'link_invalid' });
    for (const token of tokens) await expectInvalid(await use(server, token));
  });

  test('is stored as a hash only, and both its creation and its use are recorded', async () => {
    const person = await someone(true);
    const token = await issueTestLink(server, 'reset', person);
    const [row] = await server.database.db.select().from(accountLinks).where(eq(accountLinks.userId, person.id));
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(token);
    await use(server, token);
    const details = { kind: 'reset', email: person.email };
    expect(await auditOf(server, 'ada@gabinet.example', 'link.issued')).toContainEqual(details);
    expect(await auditOf(server, person.email, 'link.used')).toEqual([details]);
  });
});
