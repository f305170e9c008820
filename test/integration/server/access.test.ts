import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { fillPath, type RouteDefinition } from '../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../shared/api/routes.ts';
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

interface Probe {
  /** Whether it changes something; then a viewer may not call it. */
  readonly isWrite: boolean;
  readonly body?: () => unknown;
  readonly query?: () => string;
}

const upload = (): FormData => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bundle)]), 'a.gab');
  return form;
};
const announcement = () => ({
  upload_uuid: '11111111-2222-4333-8444-555555555555',
  original_filename: 'a.gab',
  file_size: 2,
  sha256: '0'.repeat(64),
  // A recipe: one byte for its version, no pieces, a skeleton of two bytes.
  recipe: deflateRawSync(Buffer.from([1, 0, 0, 0, 0, 7, 7])).toString('base64'),
});
const READ: Probe = { isWrite: false };

/** Every route for data of one customer. A new route must be added here or to the list below. */
const OWNED: Partial<Record<ApiRouteName, Probe>> = {
  getProject: READ,
  listAvatars: READ,
  getAvatar: READ,
  downloadAvatar: READ,
  avatarThumbnail: READ,
  avatarSummary: READ,
  listChanges: { isWrite: false, query: () => `?customer_uuid=${server.customers.aurora.uuid}` },
  uploadAvatar: { isWrite: true, body: upload },
  openUpload: { isWrite: true, body: announcement },
  deleteAvatar: { isWrite: true },
  patchAvatar: { isWrite: true, body: () => ({ name: 'Renamed' }) },
  restoreAvatar: { isWrite: true },
  setActiveAvatar: { isWrite: true, body: () => ({ avatar_uuid: null, expected_active_uuid: avatar.uuid }) },
};
const OWNERLESS: readonly ApiRouteName[] = [
  'getServerInfo',
  'createSession',
  'deleteCurrentSession',
  'getMe',
  'listProjects',
  'uploadReceipt',
  // For the caller's own customer, tested in change-events.test.ts.
  'changeEvents',
  // For the caller's own session, tested in upload-sessions.test.ts.
  'describeChunks',
  'sendStream',
  'completeUpload',
  'abandonUpload',
];
const names = Object.keys(apiRoutes) as ApiRouteName[];
const adminNames = names.filter((name) => apiRoutes[name].access === 'admin');
const ownedNames = names.filter((name) => name in OWNED);

function call(name: ApiRouteName, token: string | null): Promise<Response> {
  const route: RouteDefinition = apiRoutes[name];
  const params = {
    project_uuid: server.projects.desk.uuid,
    avatar_uuid: avatar.uuid,
    idempotency_key: 'danas-upload',
    upload_uuid: '11111111-2222-4333-8444-666666666666',
  };
  const path = fillPath(route.path, params) + (OWNED[name]?.query?.() ?? '');
  const body = OWNED[name]?.body?.() ?? (name === 'adminUploadAvatar' ? upload() : undefined);
  return server.client(token).send(route.method, path, { body });
}

test('these tests cover every route of the contract', () => {
  expect([...ownedNames, ...OWNERLESS, ...adminNames].sort()).toEqual([...names].sort());
});

describe('a request without a session', () => {
  test.each(names.filter((name) => apiRoutes[name].access !== 'public'))('%s fails with 401', async (name) => {
    expect(await problemOf(await call(name, null))).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});

describe('a designer of another customer', () => {
  test.each(ownedNames)('%s fails with 404', async (name) => {
    expect(await problemOf(await call(name, server.people.bo.token))).toMatchObject({ status: 404, code: 'not_found' });
  });

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
    expect((await call('uploadReceipt', server.people.dana.token)).status).toBe(200);
    for (const person of [server.people.bo, server.people.viktor, server.people.ada]) {
      expect((await call('uploadReceipt', person.token)).status).toBe(404);
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

describe('a viewer reads everything of the own customer and changes nothing', () => {
  test.each(ownedNames)('%s', async (name) => {
    const response = await call(name, server.people.viktor.token);
    if (OWNED[name]?.isWrite) expect(await problemOf(response)).toMatchObject({ status: 403, code: 'forbidden' });
    else expect(response.status).toBe(200);
  });
});

describe('routes for administrators', () => {
  test.each(adminNames)('%s fails with 403 for a designer, also for the own customer', async (name) => {
    expect(await problemOf(await call(name, server.people.dana.token))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });
});

describe('an administrator', () => {
  test.each(ownedNames.filter((name) => !OWNED[name]?.isWrite))('may call %s, a route for customers', async (name) => {
    expect((await call(name, server.people.ada.token)).status).toBe(200);
  });

  test('sees all projects', async () => {
    const { total } = await (await call('listProjects', server.people.ada.token)).json();
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
