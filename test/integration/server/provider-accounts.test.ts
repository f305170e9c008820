import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { secondFactors } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { problemOf } from '../../support/api-client.ts';
import { membershipsOf, NOOR, ProviderDesk } from '../../support/provider-desk.ts';
import { runningServer } from '../../support/running-server.ts';
import { TEST_PASSWORD } from '../../support/world.ts';

let desk: ProviderDesk;

const codeOf = async (response: Response) => (await problemOf(response)).code;

beforeEach(async () => {
  desk = await ProviderDesk.open();
});

describe('groups', () => {
  test('that give nothing leave no account behind', async () => {
    await desk.newServer();
    const response = await desk.signIn({ ...NOOR, groups: ['unrelated', 'ghosts'] });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'provider_no_access' });
    expect(await desk.server.database.db.select().from(users).where(eq(users.email, 'noor@example.org'))).toEqual([]);
  });

  test('apply again at each sign-in', async () => {
    await desk.newServer();
    await desk.signIn(NOOR);
    const changed = await desk.signIn({ ...NOOR, groups: ['aurora-designers', 'aurora-managers', 'borealis-viewers'] });
    expect(await membershipsOf(changed)).toEqual(['Aurora: manager', 'Borealis: viewer']);
    const fewer = await desk.signIn({ ...NOOR, groups: ['borealis-viewers'] });
    expect(await membershipsOf(fewer)).toEqual(['Borealis: viewer']);
    expect((await desk.actionsAbout('noor@example.org')).filter((action) => action.startsWith('membership'))).toEqual([
      'membership.granted',
      'membership.changed',
      'membership.granted',
      'membership.removed',
    ]);
  });

  test('that no longer give anything end the access of somebody known', async () => {
    await desk.newServer();
    const { token } = await (await desk.signIn(NOOR)).json();
    expect(await codeOf(await desk.signIn({ ...NOOR, groups: [] }))).toBe('provider_no_access');
    expect(await (await desk.server.client(token).get('/api/auth/me')).json()).toMatchObject({ memberships: [] });
  });

  test('leave memberships that a person has given as they are', async () => {
    await desk.newServer();
    const { user } = await (await desk.signIn(NOOR)).json();
    const { aurora, borealis } = desk.server.customers;
    await desk.server.database.db.delete(memberships).where(eq(memberships.userId, user.id));
    await desk.server.database.db.insert(memberships).values([
      { userId: user.id, customerId: aurora.id, role: 'viewer' },
      { userId: user.id, customerId: borealis.id, role: 'manager' },
    ]);
    expect(await membershipsOf(await desk.signIn(NOOR))).toEqual(['Aurora: viewer', 'Borealis: manager']);
    expect(await membershipsOf(await desk.signIn({ ...NOOR, groups: [] }))).toEqual([
      'Aurora: viewer',
      'Borealis: manager',
    ]);
  });

  test('make and unmake administrators, but not those a person has made', async () => {
    await desk.newServer();
    const made = await (await desk.signIn({ ...NOOR, groups: ['operators'] })).json();
    expect(made.user.is_admin).toBe(true);
    expect((await (await desk.signIn(NOOR)).json()).user.is_admin).toBe(false);
    await desk.server.database.db.update(users).set({ isAdmin: true }).where(eq(users.id, made.user.id));
    expect((await (await desk.signIn(NOOR)).json()).user.is_admin).toBe(true);
  });

  test('never take away the last administrator', async () => {
    await desk.newServer();
    const { user } = await (await desk.signIn({ ...NOOR, groups: ['operators'] })).json();
    await desk.server.database.db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(eq(users.id, desk.server.people.ada.id));
    expect((await (await desk.signIn(NOOR)).json()).user).toMatchObject({ id: user.id, is_admin: true });
  });
});

describe('a local account with the same e-mail address', () => {
  const DANA = { ...NOOR, email: 'dana@aurora.example', groups: ['borealis-viewers'] };

  test('is not used, unless the setting allows it', async () => {
    await desk.newServer();
    expect(await problemOf(await desk.signIn(DANA))).toMatchObject({ status: 409, code: 'provider_account_exists' });
  });

  test('is used if the setting allows it and the provider has verified the address', async () => {
    await desk.newServer({ oidc: desk.provider.settings({ linksByEmail: true }) });
    expect(await codeOf(await desk.signIn({ ...DANA, email_verified: false }))).toBe('provider_account_exists');
    const { user } = await (await desk.signIn(DANA)).json();
    expect(user.id).toBe(desk.server.people.dana.id);
    expect(user.memberships).toMatchObject([
      { customer_name: 'Aurora', role: 'designer' },
      { customer_name: 'Borealis', role: 'viewer' },
    ]);
  });

  test('is never used if it is a demo account', async () => {
    await desk.newServer({ oidc: desk.provider.settings({ linksByEmail: true }) });
    await desk.server.database.db.update(users).set({ isDemo: true }).where(eq(users.id, desk.server.people.dana.id));
    expect(await codeOf(await desk.signIn(DANA))).toBe('provider_account_exists');
  });
});

describe('the second factor', () => {
  test('is not required of an account without a password', async () => {
    await desk.newServer({ secondFactorRoles: ['designer'] });
    const { token, user } = await (await desk.signIn(NOOR)).json();
    expect(user.second_factor).toMatchObject({ is_on: false, is_required: false });
    expect((await desk.server.client(token).get('/api/customer/projects')).status).toBe(200);
  });

  test('of a linked account is not asked for: the provider has decided', async () => {
    await desk.newServer({ oidc: desk.provider.settings({ linksByEmail: true }) });
    const { dana } = desk.server.people;
    await desk.server.database.db
      .insert(secondFactors)
      .values({ userId: dana.id, secret: 'A', confirmedAt: new Date() });
    expect((await desk.signIn({ ...NOOR, email: dana.email })).status).toBe(201);
  });
});

describe('a server without an administrator', () => {
  test('gets its first one from a group, and lets nobody else in before', async () => {
    await desk.newServer();
    await desk.server.database.db.update(users).set({ isAdmin: false });
    desk.use(await runningServer({ oidc: desk.provider.settings(), shareWith: desk.server }));
    expect(await codeOf(await desk.signIn(NOOR))).toBe('setup_required');
    expect((await desk.signIn({ ...NOOR, groups: ['operators'] })).status).toBe(201);
    expect((await desk.signIn({ ...NOOR, subject: 'other', email: 'other@example.org' })).status).toBe(201);
  });
});

describe('with passwords switched off', () => {
  beforeEach(() => desk.newServer({ allowsPasswords: false }));

  test('no password signs in, not even an administrator', async () => {
    const info = await (await desk.server.client().get('/api/server')).json();
    expect(info.sign_in.passwords).toBe(false);
    const body = { email: desk.server.people.ada.email, password: TEST_PASSWORD };
    const refused = await desk.server.client().send('POST', '/api/auth/sessions', { body });
    expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'passwords_off' });
    const change = { current_password: TEST_PASSWORD, new_password: 'another long password' };
    const dana = desk.server.client(desk.server.people.dana.token);
    expect(await codeOf(await dana.send('PUT', '/api/auth/me/password', { body: change }))).toBe('passwords_off');
  });

  test('the identity provider still does', async () => {
    expect((await desk.signIn(NOOR)).status).toBe(201);
  });
});
