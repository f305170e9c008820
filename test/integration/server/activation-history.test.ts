import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activations } from '../../../server/db/schema/activations.ts';
import { auditEvents } from '../../../server/db/schema/history.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { documentBundle, freshParts } from '../../support/document-bundles.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SessionUploader } from '../../support/session-uploader.ts';
import { addColleague, addPerson, addProject, type TestPerson, type TestProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;
let erik: TestPerson;
let project: TestProject;
/** Active. */
let mara1: AvatarUploadResponse;
let mara2: AvatarUploadResponse;
let robin: AvatarUploadResponse;
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
  mara1 = await upload({ name: 'Mara' });
  mara2 = await upload({ lineage_uuid: mara1.lineage_uuid, activate: 'false' });
  robin = await upload({ name: 'Robin', activate: 'false' });
});

const dana = () => server.client(server.people.dana.token);
const upload = (fields: Record<string, string>, idempotencyKey: string = randomUUID()) =>
  dana().mustUpload(project.uuid, { bytes: bundle, fields, idempotencyKey });

interface Sending {
  readonly who?: TestPerson;
  readonly key?: string;
}
const send = (method: string, path: string, body?: unknown, { who = server.people.dana, key }: Sending = {}) =>
  server.client(who.token).send(method, path, { body, headers: key === undefined ? {} : { 'idempotency-key': key } });
const activate = (to: string | null, from: string | null, sending?: Sending) =>
  send('PUT', activePath(), { avatar_uuid: to, expected_active_uuid: from }, sending);
const activePath = () => `/api/customer/projects/${project.uuid}/active-avatar`;
const trash = (uuid: string, scope = 'version', key?: string) =>
  send('DELETE', `/api/customer/avatars/${uuid}?scope=${scope}`, undefined, key === undefined ? {} : { key });

/** The project's history, oldest first. */
const rows = () =>
  server.database.db
    .select()
    .from(activations)
    .where(eq(activations.projectId, project.id))
    .orderBy(asc(activations.id));
/** What `work` adds to the history. */
async function added(work: () => Promise<unknown>) {
  const before = await rows();
  await work();
  return (await rows()).slice(before.length);
}
const side = (prefix: 'from' | 'to', version: AvatarUploadResponse | null) => ({
  [`${prefix}VersionUuid`]: version?.uuid ?? null,
  [`${prefix}AvatarUuid`]: version?.lineage_uuid ?? null,
  [`${prefix}Name`]: version?.name ?? null,
  [`${prefix}Version`]: version?.version ?? null,
});
const change = (from: AvatarUploadResponse | null, to: AvatarUploadResponse | null, more: object) => ({
  ...side('from', from),
  ...side('to', to),
  setBy: 'Dana',
  setByUserId: server.people.dana.id,
  setAt: expect.any(Date),
  ...more,
});

describe('each change of the active version is one activation, with its Idempotency-Key as UUID:', () => {
  test('an upload by form', async () => {
    const key = randomUUID();
    let next: AvatarUploadResponse | null = null;
    const written = await added(async () => {
      next = await upload({ lineage_uuid: mara1.lineage_uuid, name: 'Marla' }, key);
    });
    // Mara is renamed by this upload: its own row has the new name.
    const before = { ...mara1, name: 'Marla' };
    expect(written).toMatchObject([change(before, next, { uuid: key, how: 'upload', toName: 'Marla', toVersion: 3 })]);
  });

  test('an upload by session', async () => {
    let next: AvatarUploadResponse | null = null;
    let key = '';
    const written = await added(async () => {
      const file = documentBundle(freshParts());
      const uploader = new SessionUploader(dana(), { projectUuid: project.uuid, file });
      key = uploader.uuid;
      next = await uploader.run();
    });
    expect(written).toMatchObject([change(mara1, next, { uuid: key, how: 'upload' })]);
  });

  test('a choice', async () => {
    const key = randomUUID();
    const written = await added(() => activate(robin.uuid, mara1.uuid, { who: erik, key }));
    const byErik = { uuid: key, how: 'choice', setBy: 'Erik', setByUserId: erik.id };
    expect(written).toMatchObject([change(mara1, robin, byErik)]);
  });

  test('a choice of none, and back', async () => {
    const written = await added(async () => {
      await activate(null, mara1.uuid);
      await activate(mara2.uuid, null);
    });
    expect(written).toMatchObject([change(mara1, null, { how: 'choice' }), change(null, mara2, { how: 'choice' })]);
  });

  test('moving the active version to the trash', async () => {
    const key = randomUUID();
    const written = await added(() => trash(mara1.uuid, 'version', key));
    expect(written).toMatchObject([change(mara1, null, { uuid: key, how: 'trash' })]);
  });

  test('moving its whole avatar to the trash', async () => {
    const written = await added(() => trash(mara2.uuid, 'avatar'));
    expect(written).toMatchObject([change(mara1, null, { how: 'trash' })]);
  });
});

test('what leaves the active version as it is adds nothing', async () => {
  const written = await added(async () => {
    await activate(mara1.uuid, mara1.uuid);
    await activate(mara2.uuid, robin.uuid);
    await upload({ activate: 'false' });
    await dana().mustUpload(project.uuid, { bytes: Buffer.from('no bundle') });
    await trash(robin.uuid);
    await send('POST', `/api/customer/avatars/${robin.uuid}/restore`);
    await send('PATCH', `/api/customer/avatars/${mara1.uuid}`, { name: 'Marla' });
    await send('POST', `/api/customer/projects/${project.uuid}/trash`, undefined, { who: server.people.mira });
    await send('POST', `/api/customer/projects/${project.uuid}/restore`, undefined, { who: server.people.mira });
  });
  expect(written).toEqual([]);
});

test('a request that is repeated with its key adds one activation', async () => {
  const key = randomUUID();
  const written = await added(async () => {
    await Promise.all(Array.from({ length: 4 }, () => activate(robin.uuid, mara1.uuid, { key })));
    await activate(mara2.uuid, robin.uuid);
    expect((await activate(robin.uuid, mara1.uuid, { key })).headers.get('idempotency-replayed')).toBe('true');
  });
  expect(written.map(({ uuid, toName, toVersion }) => [uuid === key, toName, toVersion])).toEqual([
    [true, 'Robin', 1],
    [false, 'Mara', 2],
  ]);
});

test('a key that is no UUID, or that names another activation, is replaced', async () => {
  const key = randomUUID();
  const written = await added(async () => {
    await activate(robin.uuid, mara1.uuid, { key });
    // Keys of different users are independent.
    expect((await activate(mara1.uuid, robin.uuid, { who: erik, key })).status).toBe(200);
    await upload({}, 'not a UUID');
  });
  expect(written.map(({ uuid }) => uuid === key)).toEqual([true, false, false]);
  expect(new Set(written.map(({ uuid }) => uuid)).size).toBe(3);
});

test('neither a new name nor a purge changes the history', async () => {
  const customerId = server.customers.aurora.id;
  const hilda = { name: 'Hilda', email: 'hilda@aurora.example', role: 'designer', customerId } as const;
  const who = await addPerson(server.database.db, hilda);
  await activate(robin.uuid, mara1.uuid, { who });
  const before = await rows();
  await send('PATCH', `/api/customer/avatars/${mara1.uuid}`, { name: 'Marla' });
  expect((await send('PATCH', '/api/auth/me', { name: 'Hilde' }, { who })).status).toBe(200);
  await trash(mara1.uuid, 'avatar');
  await purgeTrash(server.app.context, new Date(Date.now() + 31 * DAY_MS));
  expect((await dana().get(`/api/customer/avatars/${mara1.uuid}`)).status).toBe(404);
  expect(await rows()).toEqual(before);
  expect(before).toMatchObject([{ toName: 'Mara' }, { fromName: 'Mara', toName: 'Robin', setBy: 'Hilda' }]);
});

test('deleting a project for good deletes its history', async () => {
  const path = `/api/admin/projects/${project.uuid}`;
  expect((await send('DELETE', path, undefined, { who: server.people.ada })).status).toBe(204);
  expect(await rows()).toEqual([]);
});

test('an activation that fails adds nothing', async () => {
  const written = await added(async () => {
    expect(await problemOf(await activate(robin.uuid, null))).toMatchObject({ code: 'active_conflict' });
    expect((await activate(randomUUID(), mara1.uuid)).status).toBe(404);
    expect((await activate(robin.uuid, mara1.uuid, { who: server.people.viktor })).status).toBe(403);
  });
  expect(written).toEqual([]);
});

test('the audit trail says how the active version changed', async () => {
  await trash(mara1.uuid);
  const events = await server.database.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.projectUuid, project.uuid))
    .orderBy(asc(auditEvents.id));
  const changes = events.filter(({ action }) => action === 'avatar.activated' || action === 'avatar.deactivated');
  expect(changes).toMatchObject([
    { action: 'avatar.activated', versionUuid: mara1.uuid, details: { how: 'upload', previous: null } },
    { action: 'avatar.deactivated', versionUuid: mara1.uuid, details: { how: 'trash' } },
  ]);
});
