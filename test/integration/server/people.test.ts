import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { recoveryCodes, secondFactors } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import type { PersonResponse } from '../../../shared/api/people.ts';
import type { CustomerRole } from '../../../shared/domain/access-policy.ts';
import { type ApiClient, problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, type TestPerson } from '../../support/world.ts';

const NEW_PASSWORD = 'four words from nowhere';

/** What is done again changes nothing. */
const TWICE = [1, 2] as const;

let server: TestServer;
let ada: ApiClient;
let mira: ApiClient;
/** A designer of Aurora, another one for each test. */
let erik: TestPerson;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ signInLimits: { perAccount: 1000, perAddress: 1000 } });
  ada = server.client(server.people.ada.token);
  mira = server.client(server.people.mira.token);
});
afterAll(() => server.stop());
beforeEach(async () => {
  erik = await newPerson('designer');
});

function newPerson(role: CustomerRole | 'admin', customer: 'aurora' | 'borealis' = 'aurora'): Promise<TestPerson> {
  count += 1;
  const customerId = server.customers[customer].id;
  return addPerson(server.database.db, { name: `Erik ${count}`, email: `erik-${count}@x.example`, role, customerId });
}

const place = (customer: 'aurora' | 'borealis', project: string | null = null) => ({
  customer_uuid: server.customers[customer].uuid,
  project_uuid: project,
});
const invite = (by: ApiClient, body: Record<string, unknown> = {}) =>
  by.send('POST', '/api/customer/people', {
    body: { ...place('aurora'), name: 'Nora', role: 'viewer', email: `nora-${++count}@x.example`, ...body },
  });
const act = (by: ApiClient, name: string, person: { uuid: string } = erik) =>
  by.send('POST', `/api/customer/people/${person.uuid}/${name}`);
const put = (by: ApiClient, body: Record<string, unknown>, person: { uuid: string } = erik) =>
  by.send('PUT', `/api/customer/people/${person.uuid}/membership`, { body });
const remove = (by: ApiClient, body: Record<string, unknown>, person: { uuid: string } = erik) =>
  by.send('POST', `/api/customer/people/${person.uuid}/membership/remove`, { body });
const setAdmin = (isAdmin: boolean, person: { uuid: string } = erik) =>
  ada.send('PUT', `/api/admin/people/${person.uuid}/admin`, { body: { is_admin: isAdmin } });
const isSignedIn = async ({ token }: TestPerson) => (await server.client(token).get('/api/auth/me')).ok;
const signIn = (email: string, password = NEW_PASSWORD) =>
  server.client().send('POST', '/api/auth/sessions', { body: { email, password } });
const joinBorealis = (person: TestPerson) =>
  server.database.db
    .insert(memberships)
    .values({ userId: person.id, customerId: server.customers.borealis.id, role: 'viewer' });
const auditOf = async (email: string, action: string) => {
  const { events } = await (await ada.get(`/api/admin/audit-events?limit=200&action=${action}`)).json();
  return events.filter((event: { details: { email?: string } }) => event.details.email === email);
};

describe('an invitation', () => {
  test('creates an account and a link, with which the person sets a password and signs in', async () => {
    const response = await invite(mira, { email: ' Nora@Aurora.example ', role: 'designer' });
    expect(response.status).toBe(201);
    const { person, link } = await response.json();
    expect(person).toMatchObject({
      email: 'nora@aurora.example',
      name: 'Nora',
      state: 'invited',
      is_admin: false,
      has_second_factor: false,
      last_sign_in_at: null,
      memberships: [{ customer_name: 'Aurora', role: 'designer', project_uuid: null }],
    });
    expect(link).toMatchObject({ was_mailed: false, expires_at: expect.any(String) });
    expect(link.url).toMatch(new RegExp(`^${server.url}/invitation/[\\w-]{43}$`));
    expect((await signIn('nora@aurora.example')).status).toBe(401);
    const body = new URLSearchParams({ name: 'Nora Noor', password: NEW_PASSWORD });
    expect((await fetch(link.url, { method: 'POST', body })).status).toBe(200);
    const { user } = await (await signIn('nora@aurora.example')).json();
    expect(user).toMatchObject({ name: 'Nora Noor', memberships: person.memberships });
    const actor = server.people.mira.email;
    expect(await auditOf('nora@aurora.example', 'account.created')).toMatchObject([
      { actor, details: { name: 'Nora' } },
    ]);
    expect(await auditOf('nora@aurora.example', 'membership.granted')).toMatchObject([
      { actor, customer_uuid: server.customers.aurora.uuid, details: { role: 'designer', customer: 'Aurora' } },
    ]);
    expect(await auditOf('nora@aurora.example', 'link.issued')).toMatchObject([{ actor }]);
  });

  test('of somebody who has an account gives the role without a link, and keeps the name', async () => {
    const bo = await newPerson('designer', 'borealis');
    const { person, link } = await (await invite(mira, { email: bo.email, name: 'Another name' })).json();
    expect(link).toBeNull();
    // A manager sees memberships of the own customers only.
    expect(person).toMatchObject({ name: bo.name, state: 'active', memberships: [{ customer_name: 'Aurora' }] });
    const me = await (await server.client(bo.token).get('/api/auth/me')).json();
    expect(me.memberships).toMatchObject([{ customer_name: 'Aurora' }, { customer_name: 'Borealis' }]);
    expect(await problemOf(await invite(mira, { email: bo.email }))).toMatchObject({
      status: 409,
      code: 'already_done',
    });
  });

  test('can be limited to a project of the customer, and not to that of another one', async () => {
    const { desk, reception } = server.projects;
    const { person } = await (await invite(mira, place('aurora', desk.uuid))).json();
    expect(person.memberships).toMatchObject([{ project_uuid: desk.uuid, project_name: desk.name }]);
    const foreign = await problemOf(await invite(mira, place('aurora', reception.uuid)));
    expect(foreign).toMatchObject({ status: 404, code: 'not_found' });
    const manager = await problemOf(await invite(mira, { ...place('aurora', desk.uuid), role: 'manager' }));
    expect(manager).toMatchObject({ status: 400, errors: [{ where: 'body.role' }] });
    expect((await invite(mira, place('borealis'))).status).toBe(404);
  });

  test('can be issued again until it is used; the earlier link stops working', async () => {
    const { person, link } = await (await invite(mira)).json();
    const again = await act(mira, 'invitation', person);
    expect(again.status).toBe(201);
    const newer = await again.json();
    expect((await fetch(link.url)).status).toBe(410);
    const body = new URLSearchParams({ name: 'Nora', password: NEW_PASSWORD });
    expect((await fetch(newer.url, { method: 'POST', body })).status).toBe(200);
    expect(await problemOf(await act(mira, 'invitation', person))).toMatchObject({ status: 409, code: 'already_done' });
  });

  test('of the same new person at the same time creates one account', async () => {
    const email = 'twice@x.example';
    const responses = await Promise.all([invite(mira, { email }), invite(ada, { ...place('borealis'), email })]);
    expect(responses.map(({ status }) => status)).toEqual([201, 201]);
    const links = await Promise.all(responses.map(async (one) => (await one.json()).link));
    expect(links.filter((one) => one !== null)).toHaveLength(1);
  });
});

describe('a membership', () => {
  test('is changed, and a repeated change is not recorded again', async () => {
    for (const _ of TWICE) {
      const changed = await (await put(mira, { ...place('aurora'), role: 'manager' })).json();
      expect(changed.memberships).toMatchObject([{ role: 'manager' }]);
    }
    expect(await auditOf(erik.email, 'membership.changed')).toMatchObject([
      { actor: server.people.mira.email, details: { role: 'manager', from: 'designer', customer: 'Aurora' } },
    ]);
  });

  test('can be added for one project and removed again, while the other one stays', async () => {
    const desk = place('aurora', server.projects.desk.uuid);
    const both: PersonResponse = await (await put(mira, { ...desk, role: 'viewer' })).json();
    expect(both.memberships.map(({ role, project_name }) => [role, project_name])).toEqual([
      ['viewer', server.projects.desk.name],
      ['designer', null],
    ]);
    const one: PersonResponse = await (await remove(mira, desk)).json();
    expect(one.memberships).toMatchObject([{ role: 'designer', project_uuid: null }]);
    expect((await remove(mira, desk)).status).toBe(404);
    expect(await auditOf(erik.email, 'membership.removed')).toMatchObject([{ details: { role: 'viewer' } }]);
  });

  test('that is removed takes effect with the next request, and the account stays', async () => {
    const client = server.client(erik.token);
    const project = `/api/customer/projects/${server.projects.desk.uuid}`;
    expect((await client.get(project)).status).toBe(200);
    expect((await remove(mira, place('aurora'))).status).toBe(200);
    expect((await client.get(project)).status).toBe(404);
    expect((await (await client.get('/api/auth/me')).json()).memberships).toEqual([]);
    expect((await act(mira, 'disable')).status).toBe(404);
  });

  test('of a person of another customer is out of reach for a manager, and not for an administrator', async () => {
    const bo = await newPerson('designer', 'borealis');
    expect((await put(mira, { ...place('aurora'), role: 'viewer' }, bo)).status).toBe(404);
    expect((await put(mira, { ...place('borealis'), role: 'viewer' }, bo)).status).toBe(404);
    expect((await remove(mira, place('borealis'), bo)).status).toBe(404);
    expect((await put(ada, { ...place('aurora'), role: 'viewer' }, bo)).status).toBe(200);
  });
});

describe('an account', () => {
  test('that is disabled is signed out at once, cannot sign in, and its links end', async () => {
    const link = await (await act(mira, 'reset')).json();
    for (const _ of TWICE) expect(await (await act(mira, 'disable')).json()).toMatchObject({ state: 'disabled' });
    expect(await isSignedIn(erik)).toBe(false);
    expect(await problemOf(await signIn(erik.email, erik.password))).toMatchObject({ code: 'account_disabled' });
    expect((await fetch(link.url)).status).toBe(410);
    expect(await problemOf(await act(mira, 'reset'))).toMatchObject({ status: 403, code: 'account_disabled' });
    expect(await (await act(mira, 'enable')).json()).toMatchObject({ state: 'active' });
    expect(await isSignedIn(erik)).toBe(false);
    expect((await signIn(erik.email, erik.password)).status).toBe(201);
    const actor = server.people.mira.email;
    expect(await auditOf(erik.email, 'account.disabled')).toMatchObject([{ actor }]);
    expect(await auditOf(erik.email, 'account.enabled')).toMatchObject([{ actor }]);
  });

  test('is signed out everywhere', async () => {
    expect((await act(mira, 'sign-out')).status).toBe(200);
    expect(await isSignedIn(erik)).toBe(false);
    expect((await signIn(erik.email, erik.password)).status).toBe(201);
    expect(await auditOf(erik.email, 'account.signed_out')).toMatchObject([{ details: { ended: 1 } }]);
  });

  test('gets a new password by a reset link, which ends all sessions', async () => {
    const { url } = await (await act(mira, 'reset')).json();
    expect(url).toMatch(/\/reset\/[\w-]{43}$/);
    const body = new URLSearchParams({ password: NEW_PASSWORD });
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
    expect(await isSignedIn(erik)).toBe(false);
    expect((await signIn(erik.email)).status).toBe(201);
  });

  test('loses its second factor with the recovery codes', async () => {
    const { db } = server.database;
    await db.insert(secondFactors).values({ userId: erik.id, secret: 'JBSWY3DPEHPK3PXP', confirmedAt: new Date() });
    await db.insert(recoveryCodes).values({ userId: erik.id, codeHash: '0'.repeat(64) });
    const { people } = await (
      await mira.get(`/api/customer/people?customer_uuid=${place('aurora').customer_uuid}&limit=200`)
    ).json();
    const listed = people.find(({ uuid }: PersonResponse) => uuid === erik.uuid);
    expect(listed).toMatchObject({ has_second_factor: true });
    for (const _ of TWICE) {
      expect(await (await act(mira, 'remove-second-factor')).json()).toMatchObject({ has_second_factor: false });
    }
    expect(await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, erik.id))).toEqual([]);
    expect(await auditOf(erik.email, 'account.second_factor_off')).toHaveLength(1);
  });

  const actions = ['disable', 'enable', 'sign-out', 'remove-second-factor', 'invitation', 'reset'];

  test.each(actions)('that also belongs to another customer: %s is refused to a manager', async (name) => {
    await joinBorealis(erik);
    expect(await problemOf(await act(mira, name))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await isSignedIn(erik)).toBe(true);
  });

  test.each(actions)('of an administrator: %s is refused to a manager', async (name) => {
    expect((await setAdmin(true)).status).toBe(200);
    expect(await problemOf(await act(mira, name))).toMatchObject({ status: 403, code: 'forbidden' });
    const stranger = await newPerson('admin');
    expect((await act(mira, name, stranger)).status).toBe(404);
    await setAdmin(false);
    await setAdmin(false, stranger);
  });
});

describe('lists of people', () => {
  test('show those of a customer by name, also of single projects, each with memberships of one’s customers', async () => {
    await joinBorealis(erik);
    const { desk } = server.projects;
    const { person: guest } = await (await invite(mira, { ...place('aurora', desk.uuid), name: 'aaron' })).json();
    const list = async (by: ApiClient) =>
      (await by.get(`/api/customer/people?customer_uuid=${place('aurora').customer_uuid}&limit=200`)).json();
    const { people, total } = await list(mira);
    const names: string[] = people.map(({ name }: PersonResponse) => name);
    expect(names).toEqual(names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(total).toBe(people.length);
    expect(names[0]).toBe('aaron');
    expect(people.some(({ uuid }: PersonResponse) => uuid === guest.uuid)).toBe(true);
    const found = (all: { people: PersonResponse[] }) => all.people.find(({ uuid }) => uuid === erik.uuid);
    expect(found({ people })?.memberships.map((one) => one.customer_name)).toEqual(['Aurora']);
    expect(found(await list(ada))?.memberships.map((one) => one.customer_name)).toEqual(['Aurora', 'Borealis']);
    const page = await (
      await mira.get(`/api/customer/people?customer_uuid=${place('aurora').customer_uuid}&limit=1&offset=1`)
    ).json();
    expect(page).toEqual({ people: [people[1]], total });
  });

  test('show everybody to administrators, and find people by a part of name or e-mail address', async () => {
    const all = await (await ada.get('/api/admin/people?limit=200')).json();
    expect(all.total).toBe(all.people.length);
    const { people } = await (
      await ada.get(`/api/admin/people?q=${encodeURIComponent(erik.email.slice(0, -3))}`)
    ).json();
    expect(people).toMatchObject([{ uuid: erik.uuid, state: 'active' }]);
    expect((await (await ada.get('/api/admin/people?q=%25')).json()).total).toBe(0);
  });
});

describe('the last administrator', () => {
  test('stays one and stays enabled; with a second one, both may go', async () => {
    const self = server.people.ada;
    const refused = [await setAdmin(false, self), await act(ada, 'disable', self)];
    for (const response of refused)
      expect(await problemOf(response)).toMatchObject({ status: 409, code: 'last_admin' });
    expect((await setAdmin(true)).status).toBe(200);
    expect(await auditOf(erik.email, 'account.admin_granted')).toMatchObject([{ actor: self.email }]);
    expect((await server.client(erik.token).get('/api/admin/people')).status).toBe(200);
    expect((await setAdmin(false)).status).toBe(200);
    expect((await server.client(erik.token).get('/api/admin/people')).status).toBe(403);
  });

  test('does not count disabled and demo administrators', async () => {
    const demo = await newPerson('admin');
    await server.database.db.update(users).set({ isDemo: true }).where(eq(users.id, demo.id));
    const disabled = await newPerson('admin');
    expect((await act(ada, 'disable', disabled)).status).toBe(200);
    expect(await problemOf(await setAdmin(false, server.people.ada))).toMatchObject({ code: 'last_admin' });
    expect((await act(ada, 'disable', demo)).status).toBe(200);
  });

  test('remains if two administrators remove each other at the same time', async () => {
    await setAdmin(true);
    const removeAda = server
      .client(erik.token)
      .send('PUT', `/api/admin/people/${server.people.ada.uuid}/admin`, { body: { is_admin: false } });
    const statuses = (await Promise.all([removeAda, setAdmin(false)])).map(({ status }) => status);
    // The second one is the last administrator, or has just lost the role.
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const { db } = server.database;
    await db.update(users).set({ isAdmin: true }).where(eq(users.id, server.people.ada.id));
    await db.update(users).set({ isAdmin: false }).where(eq(users.id, erik.id));
  });
});
