import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEventSchema } from '../../../shared/api/administration.ts';
import { projectListSchema, projectResponseSchema } from '../../../shared/api/projects.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/minimal.gab');
});
afterAll(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const ada = () => server.client(server.people.ada.token);
const create = (name: string, customerUuid = server.customers.aurora.uuid) =>
  ada().send('POST', '/api/admin/projects', { body: { customer_uuid: customerUuid, name } });

describe('projects', () => {
  test('are created, renamed and deleted, each with an audit event', async () => {
    const created = await create(' Night desk ');
    expect(created.status).toBe(201);
    const project = projectResponseSchema.parse(await created.json());
    expect(project).toMatchObject({
      name: 'Night desk',
      customer_name: 'Aurora',
      avatar_count: 0,
      active_avatar: null,
      active_set_by: null,
    });
    const path = `/api/admin/projects/${project.uuid}`;
    const renamed = await ada().send('PATCH', path, { body: { name: 'Day desk' } });
    expect(await renamed.json()).toMatchObject({
      uuid: project.uuid,
      name: 'Day desk',
      updated_at: expect.any(String),
    });
    expect((await ada().send('DELETE', path)).status).toBe(204);
    expect((await ada().get(path)).status).toBe(404);
    const { events } = await (await ada().get(`/api/admin/audit-events?project_uuid=${project.uuid}`)).json();
    expect(events.map((event: unknown) => auditEventSchema.parse(event).action)).toEqual([
      'project.deleted',
      'project.renamed',
      'project.created',
    ]);
  });

  test('have names that are unique within a customer, ignoring case', async () => {
    await create('Gallery');
    expect(await problemOf(await create('GALLERY'))).toMatchObject({ status: 409, code: 'project_name_taken' });
    expect((await create('Gallery', server.customers.borealis.uuid)).status).toBe(201);
    const other = await (await create('Museum')).json();
    const rename = (name: string) => ada().send('PATCH', `/api/admin/projects/${other.uuid}`, { body: { name } });
    expect((await rename('gallery')).status).toBe(409);
    expect((await rename('MUSEUM')).status).toBe(200);
  });

  test('cannot be created without a customer', async () => {
    expect((await create('Lost', '00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  test('are listed by name, in pages, and found by a part of their name', async () => {
    for (const name of ['Zeta 100%', 'zeta_2', 'Zeta x2'])
      await addProject(server.database.db, server.customers.aurora.id, name);
    const list = async (query: string) =>
      projectListSchema.parse(await (await dana().get(`/api/customer/projects?${query}`)).json());
    const all = await list('q=ZETA');
    expect(all.total).toBe(3);
    const pages = [await list('q=zeta&limit=2'), await list('q=zeta&limit=2&offset=2')];
    expect(pages.flatMap(({ projects }) => projects)).toEqual(all.projects);
    expect((await list(`q=${encodeURIComponent('100%')}`)).total).toBe(1);
    expect((await list('q=zeta_2')).total).toBe(1);
  });

  test.each(['limit=0', 'limit=201', 'offset=-1', 'limit=x'])(
    'are not listed for an invalid page: %s',
    async (query) => {
      expect((await dana().get(`/api/customer/projects?${query}`)).status).toBe(400);
    },
  );
});

describe('the versions of a project', () => {
  test('are filtered, searched and sorted', async () => {
    const project = await addProject(server.database.db, server.customers.aurora.id, 'Filters');
    const upload = (fileName: string, fields: Record<string, string>, bytes: Uint8Array = bundle) =>
      dana().mustUpload(project.uuid, { bytes, fileName, fields });
    const mara = await upload('one.gab', { name: 'Mara', tags: 'formal', description: 'evening_wear' });
    const robin = await upload('two.gab', { name: 'robin', tags: 'casual,Formal' });
    const zoe = await upload('Zoë.gab', { name: 'Zoë', activate: 'false' }, await readFixture('gab/portrait-2d.gab'));
    const uuidByName = new Map([mara, robin, zoe].map(({ uuid, name }) => [uuid, name]));
    const list = async (query: string) => {
      const page = await (await dana().get(`/api/customer/projects/${project.uuid}/avatars?${query}`)).json();
      return page.avatars.map(({ uuid }: { uuid: VersionUuid }) => uuidByName.get(uuid));
    };
    expect(await list('')).toEqual(['Zoë', 'robin', 'Mara']);
    expect(await list('sort=oldest')).toEqual(['Mara', 'robin', 'Zoë']);
    expect(await list('sort=name')).toEqual(['Mara', 'robin', 'Zoë']);
    expect((await list('sort=size'))[0]).toBe('Zoë');
    for (const tag of ['formal', 'FORMAL']) expect(await list(`tag=${tag}&sort=name`)).toEqual(['Mara', 'robin']);
    expect(await list('active=true')).toEqual(['robin']);
    expect(await list('active=false&sort=name')).toEqual(['Mara', 'Zoë']);
    expect(await list(`q=${encodeURIComponent('zoë')}`)).toEqual(['Zoë']);
    expect(await list('q=g_w')).toEqual(['Mara']);
    expect(await list('q=two.gab')).toEqual(['robin']);
    expect(await list('q=casual')).toEqual(['robin']);
    expect(await list(`lineage_uuid=${zoe.lineage_uuid}`)).toEqual(['Zoë']);
    expect(await list('sort=oldest&limit=1&offset=1')).toEqual(['robin']);
    expect(await list('active=maybe').catch(() => 'refused')).toBe('refused');
  });

  test('share an edited name and tags within an avatar, and each has its own description', async () => {
    const project = await addProject(server.database.db, server.customers.aurora.id, 'Edits');
    const first = await dana().mustUpload(project.uuid, { bytes: bundle, fields: { description: 'First.' } });
    const second = await dana().mustUpload(project.uuid, {
      bytes: bundle,
      fields: { lineage_uuid: first.lineage_uuid },
    });
    const patch = (body: unknown) => dana().send('PATCH', `/api/customer/avatars/${second.uuid}`, { body });
    expect(await (await patch({ name: 'Mara', tags: ['formal'], description: 'Second.' })).json()).toMatchObject({
      name: 'Mara',
      tags: ['formal'],
      description: 'Second.',
    });
    const untouched = await (await dana().get(`/api/customer/avatars/${first.uuid}`)).json();
    expect(untouched).toMatchObject({
      name: 'Mara',
      tags: ['formal'],
      description: 'First.',
      updated_at: expect.any(String),
    });
    expect(await problemOf(await patch({}))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await (await patch({ tags: ['Formal', 'formal'] })).json()).toMatchObject({ tags: ['Formal'] });
    expect(await problemOf(await patch({ tags: ['a', 'a'] }))).toMatchObject({
      status: 400,
      errors: [{ where: 'body.tags', rule: 'repeated' }],
    });
    expect((await patch({ name: '\u202eevil' })).status).toBe(400);
  });
});

test('customers are listed with the number of their projects', async () => {
  const { customers, total } = await (await ada().get('/api/admin/customers')).json();
  expect(total).toBe(2);
  expect(customers).toMatchObject([{ slug: 'aurora', project_count: expect.any(Number) }, { slug: 'borealis' }]);
});

test('the audit trail can be filtered and paged', async () => {
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  const query = `customer_uuid=${server.customers.aurora.uuid}&action=avatar.uploaded&limit=1`;
  const { events, total } = await (await ada().get(`/api/admin/audit-events?${query}`)).json();
  expect(events).toHaveLength(1);
  expect(total).toBeGreaterThanOrEqual(1);
  expect(events[0]).toMatchObject({ action: 'avatar.uploaded', details: { version: 1, file_size: bundle.byteLength } });
});
