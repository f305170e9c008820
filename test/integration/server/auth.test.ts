import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { sessions } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { SESSION_LIFETIME_MS } from '../../../server/features/accounts/sessions.ts';
import { hashToken } from '../../../server/features/accounts/tokens.ts';
import { sweepRows } from '../../../server/features/housekeeping/sweep-rows.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { TEST_PASSWORD } from '../../support/world.ts';

let server: TestServer;

const signIn = (email: string, password = TEST_PASSWORD) =>
  server.client().send('POST', '/api/auth/sessions', { body: { email, password } });
const me = (token: string) => server.client(token).get('/api/auth/me');
const sessionOf = async (token: string) => {
  const [row] = await server.database.db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, hashToken(token)));
  return row;
};

describe('sessions', () => {
  beforeAll(async () => {
    server = await startTestServer({ signInLimits: { perAccount: 1000, perAddress: 1000 } });
  });
  afterAll(() => server.stop());

  test('an e-mail address and a password give a token that works', async () => {
    const response = await signIn('Dana@Aurora.example ');
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { token, expires_at: expiresAt, user } = await response.json();
    expect(user).toMatchObject({
      email: 'dana@aurora.example',
      is_admin: false,
      memberships: [{ customer_name: 'Aurora', role: 'designer', project_uuid: null, project_name: null }],
    });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(SESSION_LIFETIME_MS - 60_000);
    expect(await (await me(token)).json()).toEqual(user);
  });

  test('an administrator belongs to no customer', async () => {
    const response = await me(server.people.ada.token);
    expect(await response.json()).toMatchObject({ is_admin: true, memberships: [] });
  });

  test('a wrong password and an unknown address get the same response', async () => {
    const wrong = await problemOf(await signIn('dana@aurora.example', 'wrong'));
    const unknown = await problemOf(await signIn('nobody@aurora.example', 'wrong'));
    expect(wrong).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect({ ...unknown, instance: '' }).toEqual({ ...wrong, instance: '' });
  });

  test('an unknown address takes as long as a wrong password', async () => {
    // CPU time, which other programs on the machine don't change.
    const timeMs = async (email: string) => {
      const before = process.cpuUsage();
      await signIn(email, 'wrong');
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    await timeMs('warm-up@aurora.example');
    const unknown: number[] = [];
    const registered: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      unknown.push(await timeMs('nobody@aurora.example'));
      registered.push(await timeMs('dana@aurora.example'));
    }
    // Without the decoy hash an unknown address would take a tenth of the time.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...registered) / 3);
  });

  test('the database contains neither token nor password', async () => {
    const { token } = await (await signIn('dana@aurora.example')).json();
    const session = await sessionOf(token);
    expect(JSON.stringify(session)).not.toContain(token);
    const [user] = await server.database.db.select().from(users).where(eq(users.email, 'dana@aurora.example'));
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('signing out revokes the token and is audited', async () => {
    const { token } = await (await signIn('bo@borealis.example')).json();
    expect((await server.client(token).send('DELETE', '/api/auth/sessions/current')).status).toBe(204);
    expect(await problemOf(await me(token))).toMatchObject({ status: 401, code: 'unauthenticated' });
    const events = await server.database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.actor, 'bo@borealis.example'));
    expect(events.map(({ action }) => action)).toEqual(['session.created', 'session.deleted']);
  });

  test('an expired token is refused and swept', async () => {
    const { token } = await (await signIn('viktor@aurora.example')).json();
    const session = await sessionOf(token);
    await server.database.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.id, session?.id ?? 0));
    expect((await me(token)).status).toBe(401);
    await sweepRows(server.app.context);
    expect(await sessionOf(token)).toBeUndefined();
  });

  test('using a session that was not used for a while renews it', async () => {
    const { token } = await (await signIn('viktor@aurora.example')).json();
    const aged = new Date(Date.now() + SESSION_LIFETIME_MS - 2 * DAY_MS);
    const lastUsedAt = new Date(Date.now() - 2 * DAY_MS);
    await server.database.db
      .update(sessions)
      .set({ expiresAt: aged, lastUsedAt })
      .where(eq(sessions.tokenHash, hashToken(token)));
    expect((await me(token)).status).toBe(200);
    const renewed = await sessionOf(token);
    expect(renewed?.expiresAt.getTime()).toBeGreaterThan(aged.getTime() + DAY_MS);
    expect(renewed?.lastUsedAt.getTime()).toBeGreaterThan(lastUsedAt.getTime() + DAY_MS);
  });

  test.each(['', 'Bearer', 'Basic abc', 'Bearer not-a-token-that-exists-here', "Bearer ' or 1=1 --"])(
    'the authorization header %j is refused with 401',
    async (authorization) => {
      const response = await server.client().get('/api/auth/me', { authorization });
      expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="gabinet"');
    },
  );

  test('a token in the URL is ignored', async () => {
    const response = await server.client().get(`/api/auth/me?token=${server.people.dana.token}`);
    expect(response.status).toBe(401);
  });
});
