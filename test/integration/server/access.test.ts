import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
/** A version of Aurora. */
let avatar: AvatarUploadResponse;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/minimal.gab');
  const dana = server.client(server.people.dana.token);
  avatar = await dana.mustUpload(server.projects.desk.uuid, { bytes: bundle, idempotencyKey: 'danas-upload' });
});
afterAll(() => server.stop());

const receipt = (token: string) => server.client(token).get('/api/customer/uploads/danas-upload');

describe('a designer of another customer', () => {
  test('gets the same response for a version of another customer and one that does not exist', async () => {
    const bo = server.client(server.people.bo.token);
    const foreign = await problemOf(await bo.get(`/api/customer/avatars/${avatar.uuid}`));
    const missing = await problemOf(await bo.get('/api/customer/avatars/00000000-0000-4000-8000-000000000000'));
    expect({ ...foreign, instance: '' }).toEqual({ ...missing, instance: '' });
  });

  test('finds nothing of another customer in any list', async () => {
    const bo = server.client(server.people.bo.token);
    const all = await (await bo.get('/api/customer/projects')).json();
    expect(all.projects.map((project: { uuid: string }) => project.uuid)).toEqual([server.projects.reception.uuid]);
    const asked = await bo.get(`/api/customer/projects?customer_uuid=${server.customers.aurora.uuid}`);
    expect(await asked.json()).toEqual({ projects: [], total: 0 });
    const changes = await (await bo.get('/api/customer/changes')).json();
    expect(JSON.stringify(changes)).not.toContain(avatar.uuid);
  });

  test('a receipt is visible only to the user who uploads', async () => {
    expect((await receipt(server.people.dana.token)).status).toBe(200);
    for (const person of [server.people.bo, server.people.viktor, server.people.ada]) {
      expect((await receipt(person.token)).status).toBe(404);
    }
  });

  test('uploading a version to an avatar of another project fails with `lineage_not_found`, for any customer', async () => {
    const cases = [
      [server.people.bo, server.projects.reception],
      [server.people.dana, server.projects.kiosk],
    ] as const;
    for (const [person, project] of cases) {
      const fields = { lineage_uuid: avatar.lineage_uuid };
      const response = await server.client(person.token).upload(project.uuid, { bytes: bundle, fields });
      expect(await problemOf(response)).toMatchObject({ status: 404, code: 'lineage_not_found' });
    }
  });

  test('activating a version of another project fails with `not_found`', async () => {
    const path = `/api/customer/projects/${server.projects.reception.uuid}/active-avatar`;
    const body = { avatar_uuid: avatar.uuid, expected_active_uuid: null };
    const response = await server.client(server.people.bo.token).send('PUT', path, { body });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('an administrator', () => {
  test('sees all projects', async () => {
    const { total } = await (await server.client(server.people.ada.token).get('/api/customer/projects')).json();
    expect(total).toBe(3);
  });

  test('must name the customer whose changes to read', async () => {
    const response = await server.client(server.people.ada.token).get('/api/customer/changes');
    expect(await problemOf(response)).toMatchObject({
      status: 400,
      code: 'invalid_request',
      errors: [{ where: 'query.customer_uuid' }],
    });
  });

  test('uploads and deletes in projects of every customer', async () => {
    const ada = server.client(server.people.ada.token);
    const uploaded = await ada.mustUpload(server.projects.reception.uuid, { bytes: bundle, audience: 'admin' });
    expect(uploaded.created_by_name).toBe('Ada');
    expect((await ada.send('DELETE', `/api/admin/avatars/${uploaded.uuid}`)).status).toBe(200);
  });
});
