import { eq } from 'drizzle-orm';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { externalIdentities } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { problemOf } from '../../support/api-client.ts';
import { CONFIDENTIAL_CLIENT, PUBLIC_CLIENT } from '../../support/identity-provider.ts';
import { membershipsOf, NOOR, newAttempt, ProviderDesk, REDIRECT } from '../../support/provider-desk.ts';
import { runningProvider } from '../../support/running-provider.ts';
import { runningServer } from '../../support/running-server.ts';

let desk: ProviderDesk;

const codeOf = async (response: Response) => (await problemOf(response)).code;

beforeEach(async () => {
  desk = await ProviderDesk.open();
});

describe('a sign-in with the identity provider', () => {
  test('is offered by GET /api/server', async () => {
    await desk.newServer();
    const info = await (await desk.server.client().get('/api/server')).json();
    expect(info.sign_in).toEqual({ passwords: true, provider: { name: 'Example ID' } });
  });

  test('creates an account with the role of its group, and its token works', async () => {
    await desk.newServer();
    const response = await desk.signIn(NOOR);
    expect(response.status).toBe(201);
    const { token, user, device_token: deviceToken } = await response.json();
    expect(user).toMatchObject({
      email: 'noor@example.org',
      name: 'Noor',
      is_admin: false,
      memberships: [{ customer_name: 'Aurora', role: 'designer', project_uuid: null }],
    });
    expect(await (await desk.server.client(token).get('/api/auth/me')).json()).toEqual(user);
    expect(deviceToken).toMatch(/^[\w-]{20,}$/);
    expect(await desk.actionsAbout('noor@example.org')).toEqual([
      'account.created',
      'membership.granted',
      'session.created',
    ]);
  });

  test('finds the same account again, also with another e-mail address', async () => {
    await desk.newServer();
    const first = await (await desk.signIn(NOOR)).json();
    const second = await (await desk.signIn({ ...NOOR, email: 'married@example.org' })).json();
    expect(second.user).toEqual(first.user);
    expect(second.token).not.toBe(first.token);
  });

  test('works for a public client, which has no secret', async () => {
    await desk.newServer({ oidc: desk.provider.settings({ clientId: PUBLIC_CLIENT, clientSecret: null }) });
    expect((await desk.signIn(NOOR)).status).toBe(201);
  });

  test('works with a provider that puts all claims into the ID token', async () => {
    desk.provider = await runningProvider({ hasFullIdTokens: true });
    await desk.newServer();
    expect(await membershipsOf(await desk.signIn(NOOR))).toEqual(['Aurora: designer']);
  });

  test('may begin at one server process and end at another', async () => {
    const first = await desk.newServer();
    const other = await runningServer({ oidc: desk.provider.settings(), shareWith: first });
    desk.provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await desk.answerTo(attempt);
    expect((await desk.finish(attempt, answer, {}, other)).status).toBe(201);
  });

  test('of one person twice at the same moment creates one account', async () => {
    await desk.newServer();
    desk.provider.person = NOOR;
    const attempts = [newAttempt(), newAttempt()];
    const answers = await Promise.all(attempts.map((attempt) => desk.answerTo(attempt)));
    const responses = await Promise.all(attempts.map((attempt, index) => desk.finish(attempt, answers[index] ?? '')));
    expect(responses.map(({ status }) => status)).toEqual([201, 201]);
    const ids = await Promise.all(responses.map(async (response) => (await response.json()).user.id));
    expect(new Set(ids).size).toBe(1);
  });

  test('leaves no token, code or secret in the log and in the database', async () => {
    const lines: string[] = [];
    await desk.newServer({ logTo: { write: (line: string) => void lines.push(line) } });
    desk.provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await desk.answerTo(attempt);
    const { token } = await (await desk.finish(attempt, answer)).json();
    await desk.finish(attempt, answer);
    const secrets = [
      new URL(answer).searchParams.get('code') ?? '',
      attempt.verifier,
      token,
      CONFIDENTIAL_CLIENT.secret,
    ];
    const log = lines.join('');
    expect(log).toContain('oidc/sessions');
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
    const rows = JSON.stringify([
      await desk.server.database.db.select().from(externalIdentities),
      await desk.server.database.db.select().from(auditEvents),
    ]);
    expect(secrets.filter((secret) => rows.includes(secret))).toEqual([]);
  });
});

describe('an answer of the provider is refused', () => {
  beforeEach(async () => {
    await desk.newServer();
    desk.provider.person = NOOR;
  });

  test('with another nonce', async () => {
    const attempt = newAttempt();
    const response = await desk.finish({ ...attempt, nonce: randomNonce() }, await desk.answerTo(attempt));
    expect(await codeOf(response)).toBe('provider_refused');
    expect(await desk.server.database.db.select().from(externalIdentities)).toEqual([]);
  });

  test('with another state', async () => {
    const attempt = newAttempt();
    const response = await desk.finish({ ...attempt, state: randomState() }, await desk.answerTo(attempt));
    expect(await codeOf(response)).toBe('provider_refused');
  });

  test('without the code verifier that it was asked with', async () => {
    const attempt = newAttempt();
    const response = await desk.finish(
      { ...attempt, verifier: randomPKCECodeVerifier() },
      await desk.answerTo(attempt),
    );
    expect(await codeOf(response)).toBe('provider_refused');
  });

  test('the second time', async () => {
    const attempt = newAttempt();
    const answer = await desk.answerTo(attempt);
    expect((await desk.finish(attempt, answer)).status).toBe(201);
    expect(await codeOf(await desk.finish(attempt, answer))).toBe('provider_refused');
  });

  test('at another redirect address than it was sent to', async () => {
    const attempt = newAttempt();
    const answer = (await desk.answerTo(attempt)).replace(':49152', ':49153');
    expect(await codeOf(await desk.finish(attempt, answer))).toBe('provider_refused');
  });

  test('from another issuer', async () => {
    const attempt = newAttempt();
    const answer = new URL(await desk.answerTo(attempt));
    answer.searchParams.set('iss', 'https://somebody.else.example');
    expect(await codeOf(await desk.finish(attempt, answer.href))).toBe('provider_refused');
  });

  test('if the person has canceled, and that is recorded', async () => {
    const response = await desk.signIn(null);
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'provider_refused' });
    const events = await desk.server.database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'session.refused'));
    expect(events.map(({ details }) => details)).toEqual([{ email: null, reason: 'provider_refused' }]);
  });
});

describe('the redirect address', () => {
  test.each([
    'https://127.0.0.1:4000/signed-in',
    'http://localhost:4000/signed-in',
    'http://127.0.0.1/signed-in',
    'http://192.168.0.1:4000/signed-in',
    'http://127.0.0.1.example.org:4000/signed-in',
    'http://user@127.0.0.1:4000/signed-in',
    'http://127.0.0.1:4000/signed-in?next=1',
    'http://127.0.0.1:4000/signed-in#here',
    'gabinet://signed-in',
  ])('%s is refused', async (redirect) => {
    await desk.newServer();
    expect(await codeOf(await desk.begin(newAttempt(), redirect))).toBe('invalid_request');
  });

  test('may be the IPv6 loopback address', async () => {
    await desk.newServer();
    expect((await desk.begin(newAttempt(), 'http://[::1]:4000/signed-in')).status).toBe(200);
  });
});

describe('a sign-in with the identity provider fails', () => {
  test('with account_disabled for a disabled user', async () => {
    await desk.newServer();
    const { user } = await (await desk.signIn(NOOR)).json();
    await desk.server.database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id));
    expect(await codeOf(await desk.signIn(NOOR))).toBe('account_disabled');
  });

  test('without an e-mail address, or with one that is not verified', async () => {
    await desk.newServer();
    const { email: _email, ...nameless } = NOOR;
    expect(await codeOf(await desk.signIn(nameless))).toBe('provider_refused');
    expect(await codeOf(await desk.signIn({ ...NOOR, email_verified: false }))).toBe('provider_refused');
  });

  test('with provider_unavailable while the provider is away, before and after the browser was there', async () => {
    await desk.newServer();
    desk.provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await desk.answerTo(attempt);
    await desk.provider.takeAway();
    expect(await problemOf(await desk.finish(attempt, answer))).toMatchObject({
      status: 503,
      code: 'provider_unavailable',
    });
    const cold = await runningServer({ oidc: desk.provider.settings(), shareWith: desk.server });
    desk.use(cold);
    expect(await codeOf(await desk.begin(attempt))).toBe('provider_unavailable');
  });

  test('with provider_unavailable if the client secret is wrong', async () => {
    await desk.newServer({ oidc: desk.provider.settings({ clientSecret: 'wrong' }) });
    expect(await codeOf(await desk.signIn(NOOR))).toBe('provider_unavailable');
  });

  test('with not_found on a server without a provider', async () => {
    desk.use(await runningServer());
    expect(await codeOf(await desk.begin(newAttempt()))).toBe('not_found');
  });

  test('with too_many_requests after too many attempts from one address', async () => {
    await desk.newServer({ signInLimits: { perAccount: 2, perAddress: 2 } });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await desk.finish(newAttempt(), `${REDIRECT}?code=guessed`)).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });
});
