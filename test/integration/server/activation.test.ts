import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addColleague, addProject, type TestPerson, type TestProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;
let erik: TestPerson;
let project: TestProject;
let first: AvatarUploadResponse;
let second: AvatarUploadResponse;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/minimal.gab');
  erik = await addColleague(server.database.db, server.customers.aurora.id);
});
afterAll(() => server.stop());

beforeEach(async () => {
  count += 1;
  project = await addProject(server.database.db, server.customers.aurora.id, `Project ${count}`);
  first = await dana().mustUpload(project.uuid, { bytes: bundle });
  second = await dana().mustUpload(project.uuid, { bytes: bundle, fields: { activate: 'false' } });
});

const dana = () => server.client(server.people.dana.token);
const activate = (who: TestPerson, versionUuid: string | null, expectedUuid: string | null) =>
  server.client(who.token).send('PUT', `/api/customer/projects/${project.uuid}/active-avatar`, {
    body: { avatar_uuid: versionUuid, expected_active_uuid: expectedUuid },
  });
const activeUuids = async () => {
  const rows = await server.database.db.select().from(avatars).where(eq(avatars.projectId, project.id));
  return rows.filter(({ isActive }) => isActive).map(({ uuid }) => uuid);
};

test('activating switches to a version, back to an older one, and to none', async () => {
  const { dana: danaPerson } = server.people;
  for (const [to, from] of [
    [second.uuid, first.uuid],
    [first.uuid, second.uuid],
    [null, first.uuid],
    [second.uuid, null],
  ] as const) {
    const response = await activate(danaPerson, to, from);
    expect(await response.json()).toMatchObject({ active_avatar_uuid: to, set_by: 'Dana', set_at: expect.any(String) });
    expect(await activeUuids()).toEqual(to === null ? [] : [to]);
  }
});

test('activating after another switch fails with `active_conflict`, the user and the time', async () => {
  const overtaking = await (await activate(erik, second.uuid, first.uuid)).json();
  const refused = await activate(server.people.dana, null, first.uuid);
  expect(await problemOf(refused)).toMatchObject({
    status: 409,
    code: 'active_conflict',
    detail: 'Erik has changed the active version since you loaded it.',
    current: { active_avatar_uuid: second.uuid, set_by: 'Erik', set_at: overtaking.set_at },
  });
  expect(await activeUuids()).toEqual([second.uuid]);
  // Dana knows the active version now and may replace it.
  expect((await activate(server.people.dana, null, second.uuid)).status).toBe(200);
});

test('activating the active version changes nothing and names the user who activated it', async () => {
  await activate(erik, second.uuid, first.uuid);
  const before = await server.database.db.select().from(auditEvents);
  const response = await activate(server.people.dana, second.uuid, second.uuid);
  expect(await response.json()).toMatchObject({ active_avatar_uuid: second.uuid, set_by: 'Erik' });
  expect(await server.database.db.select().from(auditEvents)).toHaveLength(before.length);
});

test('of ten activations at once that expect the same version, exactly one succeeds', async () => {
  const candidates = await Promise.all(
    Array.from({ length: 10 }, () => dana().mustUpload(project.uuid, { bytes: bundle, fields: { activate: 'false' } })),
  );
  const answers = await Promise.all(candidates.map(({ uuid }) => activate(server.people.dana, uuid, first.uuid)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  expect(await activeUuids()).toHaveLength(1);
});

describe('activating fails', () => {
  test('for a trashed version with `trashed`', async () => {
    await dana().send('DELETE', `/api/customer/avatars/${second.uuid}`);
    expect(await problemOf(await activate(server.people.dana, second.uuid, first.uuid))).toMatchObject({
      status: 409,
      code: 'trashed',
    });
  });

  test('for a version that cannot be activated with `not_activatable` and its findings', async () => {
    const opaque = await dana().mustUpload(project.uuid, { bytes: Buffer.from('no bundle') });
    const problem = await problemOf(await activate(server.people.dana, opaque.uuid, first.uuid));
    expect(problem).toMatchObject({ status: 422, code: 'not_activatable', issues: [{ code: 'GAB_W_OPAQUE' }] });
  });

  test('for a version of another project of the same customer with `not_found`', async () => {
    const other = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
    expect((await activate(server.people.dana, other.uuid, first.uuid)).status).toBe(404);
  });

  test('without an expected version with `invalid_request`', async () => {
    const path = `/api/customer/projects/${project.uuid}/active-avatar`;
    const response = await dana().send('PUT', path, { body: { avatar_uuid: second.uuid } });
    expect(await problemOf(response)).toMatchObject({ status: 400, errors: [{ where: 'body.expected_active_uuid' }] });
  });
});

test('the database allows one active version per project', async () => {
  const update = server.database.db.update(avatars).set({ isActive: true }).where(eq(avatars.uuid, second.uuid));
  await expect(update).rejects.toThrow();
  expect(await activeUuids()).toEqual([first.uuid]);
});

test('each activation is in the audit trail, newest first', async () => {
  await activate(server.people.dana, second.uuid, first.uuid);
  const ada = server.client(server.people.ada.token);
  const { events } = await (await ada.get(`/api/admin/audit-events?project_uuid=${project.uuid}&limit=2`)).json();
  expect(events).toMatchObject([
    {
      action: 'avatar.activated',
      avatar_uuid: second.uuid,
      actor: 'dana@aurora.example',
      details: { previous: first.uuid },
    },
    { action: 'avatar.deactivated', avatar_uuid: first.uuid },
  ]);
});
