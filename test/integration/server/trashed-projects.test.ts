import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { purgeProjects } from '../../../server/features/housekeeping/purge-projects.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProject, type TestProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;
let project: TestProject;
let avatar: AvatarUploadResponse;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ withJobs: true, trashDays: 30 });
  bundle = await readFixture('gab/minimal.gab');
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  project = await addProject(server.database.db, server.customers.aurora.id, `Project ${count}`);
  avatar = await as('dana').mustUpload(project.uuid, { bytes: bundle });
});

const as = (who: keyof TestServer['people']) => server.client(server.people[who].token);
const trash = (who: keyof TestServer['people'] = 'mira') =>
  as(who).send('POST', `/api/customer/projects/${project.uuid}/trash`);
const restore = (who: keyof TestServer['people'] = 'mira') =>
  as(who).send('POST', `/api/customer/projects/${project.uuid}/restore`);
const namesIn = async (query = '') => {
  const page = await (await as('mira').get(`/api/customer/projects?${query}`)).json();
  return page.projects.map(({ name }: { name: string }) => name);
};

describe('a project in the trash', () => {
  test('is listed only there, keeps its active version, and comes back as it was', async () => {
    const before = await (await as('dana').get(`/api/customer/projects/${project.uuid}`)).json();
    expect(await (await trash()).json()).toMatchObject({ uuid: project.uuid, deleted_at: expect.any(String) });
    expect(await namesIn()).not.toContain(project.name);
    expect(await namesIn('trashed=true')).toContain(project.name);
    const restored = await (await restore()).json();
    expect(restored).toEqual({ ...before, updated_at: expect.any(String) });
    expect(restored.active_avatar.uuid).toBe(avatar.uuid);
    expect(await namesIn()).toContain(project.name);
  });

  test('does not change if it is trashed or restored twice', async () => {
    const first = await (await trash()).json();
    expect(await (await trash()).json()).toEqual(first);
    const second = await (await restore()).json();
    expect(await (await restore()).json()).toEqual(second);
  });

  test('refuses every change of its avatars', async () => {
    await trash();
    const dana = as('dana');
    const path = `/api/customer/avatars/${avatar.uuid}`;
    const attempts = [
      await dana.upload(project.uuid, { bytes: bundle }),
      await dana.send('PATCH', path, { body: { name: 'New' } }),
      await dana.send('DELETE', path),
      await dana.send('POST', `${path}/restore`),
      await dana.send('PUT', `/api/customer/projects/${project.uuid}/active-avatar`, {
        body: { avatar_uuid: null, expected_active_uuid: avatar.uuid },
      }),
    ];
    for (const attempt of attempts) {
      expect(await problemOf(attempt)).toMatchObject({ status: 409, code: 'project_trashed' });
    }
  });

  test('serves the bytes of its avatars only to those who may restore it, on request', async () => {
    await trash();
    const download = async (who: keyof TestServer['people'], query = '') =>
      (await as(who).get(`/api/customer/avatars/${avatar.uuid}/download${query}`)).status;
    expect(await download('mira')).toBe(404);
    expect(await download('mira', '?trashed=true')).toBe(200);
    expect(await download('dana', '?trashed=true')).toBe(404);
  });

  test('frees its name, and cannot come back while another project has it', async () => {
    await trash();
    const body = { customer_uuid: server.customers.aurora.uuid, name: project.name };
    expect((await as('mira').send('POST', '/api/customer/projects', { body })).status).toBe(201);
    expect(await problemOf(await restore())).toMatchObject({ status: 409, code: 'project_name_taken' });
  });

  test('reports both moves to the change feed and the audit trail', async () => {
    const path = `/api/customer/changes?customer_uuid=${server.customers.aurora.uuid}`;
    const cursor = async () => (await (await as('dana').get(`${path}&limit=1000`)).json()).cursor;
    const since = await cursor();
    await trash();
    await restore();
    const { changes } = await (await as('dana').get(`${path}&since=${since}`)).json();
    expect(changes).toMatchObject([{ entity: 'project', uuid: project.uuid, project: { deleted_at: null } }]);
    const { events } = await (
      await as('ada').get(`/api/admin/audit-events?project_uuid=${project.uuid}&limit=2`)
    ).json();
    expect(events).toMatchObject([
      { action: 'project.restored', actor: 'mira@aurora.example' },
      { action: 'project.trashed', actor: 'mira@aurora.example' },
    ]);
  });
});

test('projects are purged with rows and files after the number of days in the settings, not before', async () => {
  const file = join(server.dataDir, 'uploads', 'avatars', `${avatar.uuid}.gab`);
  await trash();
  await purgeProjects(server.app.context, new Date(Date.now() + 29 * DAY_MS));
  expect(existsSync(file)).toBe(true);
  expect(await purgeProjects(server.app.context, new Date(Date.now() + 31 * DAY_MS))).toBeGreaterThan(0);
  expect((await as('mira').get(`/api/customer/projects/${project.uuid}`)).status).toBe(404);
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), { timeout: 10_000 });
  const { events } = await (await as('ada').get(`/api/admin/audit-events?project_uuid=${project.uuid}&limit=1`)).json();
  expect(events).toMatchObject([{ action: 'project.purged', actor: null, details: { name: project.name } }]);
});
