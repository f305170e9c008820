import { eq } from 'drizzle-orm';
import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { externalIdentities, secondFactors } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { problemOf } from '../../support/api-client.ts';
import {
  CONFIDENTIAL_CLIENT,
  type IdentityProvider,
  PUBLIC_CLIENT,
  REDIRECT_PATH,
} from '../../support/identity-provider.ts';
import { runningProvider, signInAt } from '../../support/running-provider.ts';
import { runningServer } from '../../support/running-server.ts';
import type { TestServer, TestServerOptions } from '../../support/server.ts';
import { TEST_PASSWORD } from '../../support/world.ts';

const REDIRECT = `http://127.0.0.1:49152${REDIRECT_PATH}`;
const NOOR = {
  subject: 'noor-1',
  email: 'Noor@Example.org',
  email_verified: true,
  name: 'Noor',
  groups: ['aurora-designers', 'unrelated'],
};

interface Attempt {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

let provider: IdentityProvider;
let server: TestServer;

const newServer = async (options: TestServerOptions = {}) => {
  server = await runningServer({ oidc: provider.settings(), ...options });
  return server;
};

const newAttempt = (): Attempt => ({
  verifier: randomPKCECodeVerifier(),
  state: randomState(),
  nonce: randomNonce(),
});

const begin = async ({ verifier, state, nonce }: Attempt, redirect = REDIRECT) =>
  server.client().send('POST', '/api/auth/oidc/start', {
    body: { redirect_uri: redirect, code_challenge: await calculatePKCECodeChallenge(verifier), state, nonce },
  });

/** The address with which the browser returns. */
const answerTo = async (attempt: Attempt): Promise<string> => {
  const { authorization_url } = await (await begin(attempt)).json();
  return signInAt(authorization_url);
};

const finish = ({ verifier, state, nonce }: Attempt, callbackUrl: string, more: object = {}, on = server) =>
  on.client().send('POST', '/api/auth/oidc/sessions', {
    body: { callback_url: callbackUrl, code_verifier: verifier, state, nonce, device_name: 'Studio PC', ...more },
  });

/** One whole sign-in of this person. */
const signIn = async (person: IdentityProvider['person']) => {
  provider.person = person;
  const attempt = newAttempt();
  return finish(attempt, await answerTo(attempt));
};

const codeOf = async (response: Response) => (await problemOf(response)).code;

const membershipsOf = async (response: Response) => {
  const { user } = await response.json();
  return user.memberships.map(
    (one: { customer_name: string; role: string }) => `${one.customer_name}: ${one.role}`,
  ) as string[];
};

const actionsAbout = async (email: string) => {
  const events = await server.database.db.select().from(auditEvents).orderBy(auditEvents.id);
  return events.filter(({ details, actor }) => details.email === email || actor === email).map(({ action }) => action);
};

beforeEach(async () => {
  provider = await runningProvider();
});

describe('a sign-in with the identity provider', () => {
  test('is offered by GET /api/server', async () => {
    await newServer();
    const info = await (await server.client().get('/api/server')).json();
    expect(info.sign_in).toEqual({ passwords: true, provider: { name: 'Example ID' } });
  });

  test('creates an account with the role of its group, and its token works', async () => {
    await newServer();
    const response = await signIn(NOOR);
    expect(response.status).toBe(201);
    const { token, user, device_token: deviceToken } = await response.json();
    expect(user).toMatchObject({
      email: 'noor@example.org',
      name: 'Noor',
      is_admin: false,
      memberships: [{ customer_name: 'Aurora', role: 'designer', project_uuid: null }],
    });
    expect(await (await server.client(token).get('/api/auth/me')).json()).toEqual(user);
    expect(deviceToken).toMatch(/^[\w-]{20,}$/);
    expect(await actionsAbout('noor@example.org')).toEqual([
      'account.created',
      'membership.granted',
      'session.created',
    ]);
  });

  test('finds the same account again, also with another e-mail address', async () => {
    await newServer();
    const first = await (await signIn(NOOR)).json();
    const second = await (await signIn({ ...NOOR, email: 'married@example.org' })).json();
    expect(second.user).toEqual(first.user);
    expect(second.token).not.toBe(first.token);
  });

  test('works for a public client, which has no secret', async () => {
    await newServer({ oidc: provider.settings({ clientId: PUBLIC_CLIENT, clientSecret: null }) });
    expect((await signIn(NOOR)).status).toBe(201);
  });

  test('works with a provider that puts all claims into the ID token', async () => {
    provider = await runningProvider({ hasFullIdTokens: true });
    await newServer();
    expect(await membershipsOf(await signIn(NOOR))).toEqual(['Aurora: designer']);
  });

  test('may begin at one server process and end at another', async () => {
    const first = await newServer();
    const other = await runningServer({ oidc: provider.settings(), shareWith: first });
    provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await answerTo(attempt);
    expect((await finish(attempt, answer, {}, other)).status).toBe(201);
  });

  test('of one person twice at the same moment creates one account', async () => {
    await newServer();
    provider.person = NOOR;
    const attempts = [newAttempt(), newAttempt()];
    const answers = await Promise.all(attempts.map((attempt) => answerTo(attempt)));
    const responses = await Promise.all(attempts.map((attempt, index) => finish(attempt, answers[index] ?? '')));
    expect(responses.map(({ status }) => status)).toEqual([201, 201]);
    const ids = await Promise.all(responses.map(async (response) => (await response.json()).user.id));
    expect(new Set(ids).size).toBe(1);
  });

  test('leaves no token, code or secret in the log and in the database', async () => {
    const lines: string[] = [];
    await newServer({ logTo: { write: (line: string) => void lines.push(line) } });
    provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await answerTo(attempt);
    const { token } = await (await finish(attempt, answer)).json();
    await finish(attempt, answer);
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
      await server.database.db.select().from(externalIdentities),
      await server.database.db.select().from(auditEvents),
    ]);
    expect(secrets.filter((secret) => rows.includes(secret))).toEqual([]);
  });
});

describe('an answer of the provider is refused', () => {
  beforeEach(async () => {
    await newServer();
    provider.person = NOOR;
  });

  test('with another nonce', async () => {
    const attempt = newAttempt();
    const response = await finish({ ...attempt, nonce: randomNonce() }, await answerTo(attempt));
    expect(await codeOf(response)).toBe('provider_refused');
    expect(await server.database.db.select().from(externalIdentities)).toEqual([]);
  });

  test('with another state', async () => {
    const attempt = newAttempt();
    const response = await finish({ ...attempt, state: randomState() }, await answerTo(attempt));
    expect(await codeOf(response)).toBe('provider_refused');
  });

  test('without the code verifier that it was asked with', async () => {
    const attempt = newAttempt();
    const response = await finish({ ...attempt, verifier: randomPKCECodeVerifier() }, await answerTo(attempt));
    expect(await codeOf(response)).toBe('provider_refused');
  });

  test('the second time', async () => {
    const attempt = newAttempt();
    const answer = await answerTo(attempt);
    expect((await finish(attempt, answer)).status).toBe(201);
    expect(await codeOf(await finish(attempt, answer))).toBe('provider_refused');
  });

  test('at another redirect address than it was sent to', async () => {
    const attempt = newAttempt();
    const answer = (await answerTo(attempt)).replace(':49152', ':49153');
    expect(await codeOf(await finish(attempt, answer))).toBe('provider_refused');
  });

  test('from another issuer', async () => {
    const attempt = newAttempt();
    const answer = new URL(await answerTo(attempt));
    answer.searchParams.set('iss', 'https://somebody.else.example');
    expect(await codeOf(await finish(attempt, answer.href))).toBe('provider_refused');
  });

  test('if the person has canceled, and that is recorded', async () => {
    const response = await signIn(null);
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'provider_refused' });
    const events = await server.database.db.select().from(auditEvents).where(eq(auditEvents.action, 'session.refused'));
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
    await newServer();
    expect(await codeOf(await begin(newAttempt(), redirect))).toBe('invalid_request');
  });

  test('may be the IPv6 loopback address', async () => {
    await newServer();
    expect((await begin(newAttempt(), 'http://[::1]:4000/signed-in')).status).toBe(200);
  });
});

describe('groups', () => {
  test('that give nothing leave no account behind', async () => {
    await newServer();
    const response = await signIn({ ...NOOR, groups: ['unrelated', 'ghosts'] });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'provider_no_access' });
    expect(await server.database.db.select().from(users).where(eq(users.email, 'noor@example.org'))).toEqual([]);
  });

  test('apply again at each sign-in', async () => {
    await newServer();
    await signIn(NOOR);
    const changed = await signIn({ ...NOOR, groups: ['aurora-designers', 'aurora-managers', 'borealis-viewers'] });
    expect(await membershipsOf(changed)).toEqual(['Aurora: manager', 'Borealis: viewer']);
    const fewer = await signIn({ ...NOOR, groups: ['borealis-viewers'] });
    expect(await membershipsOf(fewer)).toEqual(['Borealis: viewer']);
    expect((await actionsAbout('noor@example.org')).filter((action) => action.startsWith('membership'))).toEqual([
      'membership.granted',
      'membership.changed',
      'membership.granted',
      'membership.removed',
    ]);
  });

  test('that no longer give anything end the access of somebody known', async () => {
    await newServer();
    const { token } = await (await signIn(NOOR)).json();
    expect(await codeOf(await signIn({ ...NOOR, groups: [] }))).toBe('provider_no_access');
    expect(await (await server.client(token).get('/api/auth/me')).json()).toMatchObject({ memberships: [] });
  });

  test('leave memberships that a person has given as they are', async () => {
    await newServer();
    const { user } = await (await signIn(NOOR)).json();
    const { aurora, borealis } = server.customers;
    await server.database.db.delete(memberships).where(eq(memberships.userId, user.id));
    await server.database.db.insert(memberships).values([
      { userId: user.id, customerId: aurora.id, role: 'viewer' },
      { userId: user.id, customerId: borealis.id, role: 'manager' },
    ]);
    expect(await membershipsOf(await signIn(NOOR))).toEqual(['Aurora: viewer', 'Borealis: manager']);
    expect(await membershipsOf(await signIn({ ...NOOR, groups: [] }))).toEqual(['Aurora: viewer', 'Borealis: manager']);
  });

  test('make and unmake administrators, but not those a person has made', async () => {
    await newServer();
    const made = await (await signIn({ ...NOOR, groups: ['operators'] })).json();
    expect(made.user.is_admin).toBe(true);
    expect((await (await signIn(NOOR)).json()).user.is_admin).toBe(false);
    await server.database.db.update(users).set({ isAdmin: true }).where(eq(users.id, made.user.id));
    expect((await (await signIn(NOOR)).json()).user.is_admin).toBe(true);
  });

  test('never take away the last administrator', async () => {
    await newServer();
    const { user } = await (await signIn({ ...NOOR, groups: ['operators'] })).json();
    await server.database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, server.people.ada.id));
    expect((await (await signIn(NOOR)).json()).user).toMatchObject({ id: user.id, is_admin: true });
  });
});

describe('a local account with the same e-mail address', () => {
  const DANA = { ...NOOR, email: 'dana@aurora.example', groups: ['borealis-viewers'] };

  test('is not used, unless the setting allows it', async () => {
    await newServer();
    expect(await problemOf(await signIn(DANA))).toMatchObject({ status: 409, code: 'provider_account_exists' });
  });

  test('is used if the setting allows it and the provider has verified the address', async () => {
    await newServer({ oidc: provider.settings({ linksByEmail: true }) });
    expect(await codeOf(await signIn({ ...DANA, email_verified: false }))).toBe('provider_account_exists');
    const { user } = await (await signIn(DANA)).json();
    expect(user.id).toBe(server.people.dana.id);
    expect(user.memberships).toMatchObject([
      { customer_name: 'Aurora', role: 'designer' },
      { customer_name: 'Borealis', role: 'viewer' },
    ]);
  });

  test('is never used if it is a demo account', async () => {
    await newServer({ oidc: provider.settings({ linksByEmail: true }) });
    await server.database.db.update(users).set({ isDemo: true }).where(eq(users.id, server.people.dana.id));
    expect(await codeOf(await signIn(DANA))).toBe('provider_account_exists');
  });
});

describe('a sign-in with the identity provider fails', () => {
  test('with account_disabled for a disabled user', async () => {
    await newServer();
    const { user } = await (await signIn(NOOR)).json();
    await server.database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id));
    expect(await codeOf(await signIn(NOOR))).toBe('account_disabled');
  });

  test('without an e-mail address, or with one that is not verified', async () => {
    await newServer();
    const { email: _email, ...nameless } = NOOR;
    expect(await codeOf(await signIn(nameless))).toBe('provider_refused');
    expect(await codeOf(await signIn({ ...NOOR, email_verified: false }))).toBe('provider_refused');
  });

  test('with provider_unavailable while the provider is away, before and after the browser was there', async () => {
    await newServer();
    provider.person = NOOR;
    const attempt = newAttempt();
    const answer = await answerTo(attempt);
    await provider.takeAway();
    expect(await problemOf(await finish(attempt, answer))).toMatchObject({ status: 503, code: 'provider_unavailable' });
    const cold = await runningServer({ oidc: provider.settings(), shareWith: server });
    server = cold;
    expect(await codeOf(await begin(attempt))).toBe('provider_unavailable');
  });

  test('with provider_unavailable if the client secret is wrong', async () => {
    await newServer({ oidc: provider.settings({ clientSecret: 'wrong' }) });
    expect(await codeOf(await signIn(NOOR))).toBe('provider_unavailable');
  });

  test('with not_found on a server without a provider', async () => {
    server = await runningServer();
    expect(await codeOf(await begin(newAttempt()))).toBe('not_found');
  });

  test('with too_many_requests after too many attempts from one address', async () => {
    await newServer({ signInLimits: { perAccount: 2, perAddress: 2 } });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await finish(newAttempt(), `${REDIRECT}?code=guessed`)).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });
});

describe('the second factor', () => {
  test('is not required of an account without a password', async () => {
    await newServer({ secondFactorRoles: ['designer'] });
    const { token, user } = await (await signIn(NOOR)).json();
    expect(user.second_factor).toMatchObject({ is_on: false, is_required: false });
    expect((await server.client(token).get('/api/customer/projects')).status).toBe(200);
  });

  test('of a linked account is not asked for: the provider has decided', async () => {
    await newServer({ oidc: provider.settings({ linksByEmail: true }) });
    const { dana } = server.people;
    await server.database.db.insert(secondFactors).values({ userId: dana.id, secret: 'A', confirmedAt: new Date() });
    expect((await signIn({ ...NOOR, email: dana.email })).status).toBe(201);
  });
});

describe('a server without an administrator', () => {
  test('gets its first one from a group, and lets nobody else in before', async () => {
    await newServer();
    await server.database.db.update(users).set({ isAdmin: false });
    server = await runningServer({ oidc: provider.settings(), shareWith: server });
    expect(await codeOf(await signIn(NOOR))).toBe('setup_required');
    expect((await signIn({ ...NOOR, groups: ['operators'] })).status).toBe(201);
    expect((await signIn({ ...NOOR, subject: 'other', email: 'other@example.org' })).status).toBe(201);
  });
});

describe('with passwords switched off', () => {
  beforeEach(() => newServer({ allowsPasswords: false }));

  test('no password signs in, not even an administrator', async () => {
    const info = await (await server.client().get('/api/server')).json();
    expect(info.sign_in.passwords).toBe(false);
    const body = { email: server.people.ada.email, password: TEST_PASSWORD };
    const refused = await server.client().send('POST', '/api/auth/sessions', { body });
    expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'passwords_off' });
    const change = { current_password: TEST_PASSWORD, new_password: 'another long password' };
    const dana = server.client(server.people.dana.token);
    expect(await codeOf(await dana.send('PUT', '/api/auth/me/password', { body: change }))).toBe('passwords_off');
  });

  test('the identity provider still does', async () => {
    expect((await signIn(NOOR)).status).toBe(201);
  });
});
