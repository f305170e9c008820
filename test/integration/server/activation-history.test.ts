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
const undo = (undoes: string, to: string | null, from: string | null, who?: TestPerson) =>
  send(
    'PUT',
    activePath(),
    { avatar_uuid: to, expected_active_uuid: from, how: 'undo', undoes },
    { ...(who && { who }) },
  );
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

test('a key that is not a UUID, or that names another activation, is replaced', async () => {
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

const page = async (query = '', who: TestPerson = server.people.dana) =>
  send('GET', `/api/customer/projects/${project.uuid}/activations${query}`, undefined, { who });

describe('the activation history', () => {
  test('is returned in pages, newest first', async () => {
    const key = randomUUID();
    await activate(robin.uuid, mara1.uuid, { who: erik, key });
    await activate(null, robin.uuid);
    const { activations: newest, total } = await (await page('?limit=2')).json();
    expect(total).toBe(3);
    const versionOf = ({ uuid, lineage_uuid, name, version }: AvatarUploadResponse) => ({
      uuid,
      lineage_uuid,
      name,
      version,
    });
    const common = { uuid: expect.any(String), how: 'choice', set_at: expect.any(String) };
    const byDana = { set_by: 'Dana', set_by_user_id: server.people.dana.id };
    expect(newest).toEqual([
      { ...common, ...byDana, from: versionOf(robin), to: null },
      { ...common, uuid: key, from: versionOf(mara1), to: versionOf(robin), set_by: 'Erik', set_by_user_id: erik.id },
    ]);
    expect(await (await page('?limit=2&offset=2')).json()).toEqual({
      activations: [{ ...common, ...byDana, how: 'upload', from: null, to: versionOf(mara1) }],
      total: 3,
    });
  });

  test('is for those who may see the project', async () => {
    const customerId = server.customers.aurora.id;
    const guest = { role: 'designer', customerId, projectId: server.projects.kiosk.id } as const;
    const only = await addPerson(server.database.db, { ...guest, name: 'Gil', email: 'gil@aurora.example' });
    expect((await page('', server.people.viktor)).status).toBe(200);
    expect((await page('', server.people.ada)).status).toBe(200);
    for (const stranger of [server.people.bo, only]) {
      expect(await problemOf(await page('', stranger))).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  test('comes with the project: the last 20, newest first, also in the feed', async () => {
    let active: AvatarUploadResponse = mara1;
    for (let at = 0; at < 21; at += 1) {
      const next = active === robin ? mara2 : robin;
      expect((await activate(next.uuid, active.uuid)).status).toBe(200);
      active = next;
    }
    const { activations: history } = await (await page('?limit=20')).json();
    expect(history).toHaveLength(20);
    const { uuid } = project;
    const got = await (await send('GET', `/api/customer/projects/${uuid}`)).json();
    const { projects } = await (await send('GET', '/api/customer/projects?limit=200')).json();
    const { changes } = await (await send('GET', '/api/customer/changes?limit=1000')).json();
    const listed = projects.find((one: { uuid: string }) => one.uuid === uuid);
    const fed = changes.find((one: { entity: string; uuid: string }) => one.entity === 'project' && one.uuid === uuid);
    for (const { activations: carried } of [got, listed, fed.project]) expect(carried).toEqual(history);
    const never = await (await send('GET', `/api/customer/projects/${server.projects.kiosk.uuid}`)).json();
    expect(never.activations).toEqual([]);
  });

  test('says that a version is active again, if the request says so', async () => {
    const body = (how?: string) => ({ avatar_uuid: robin.uuid, expected_active_uuid: mara1.uuid, how });
    const refused = await problemOf(await send('PUT', activePath(), body('trash')));
    expect(refused).toMatchObject({ status: 400, errors: [{ where: 'body.how' }] });
    const [rollback] = await added(() => send('PUT', activePath(), body('rollback')));
    expect(rollback).toMatchObject({ how: 'rollback', toName: 'Robin' });
  });

  test('takes the same request with the same key for the same, with and without the default', async () => {
    const key = randomUUID();
    const body = { avatar_uuid: robin.uuid, expected_active_uuid: mara1.uuid };
    expect((await send('PUT', activePath(), body, { key })).status).toBe(200);
    const again = await send('PUT', activePath(), { ...body, how: 'choice', undoes: null }, { key });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    for (const more of [{ how: 'rollback' }, { undoes: randomUUID() }]) {
      const problem = await problemOf(await send('PUT', activePath(), { ...body, ...more }, { key }));
      expect(problem).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    }
  });
});

describe('undoing an activation', () => {
  let key: string;
  beforeEach(async () => {
    key = randomUUID();
    await activate(robin.uuid, mara1.uuid, { key });
  });

  test('succeeds while it is the newest', async () => {
    const [undone] = await added(() => undo(key, mara1.uuid, robin.uuid));
    expect(undone).toMatchObject({ how: 'undo', fromName: 'Robin', toName: 'Mara', toVersion: 1 });
    expect(await (await undo(key, mara1.uuid, robin.uuid)).json()).toMatchObject({ active_avatar_uuid: mara1.uuid });
    // The undo can be undone, too.
    expect((await undo(undone?.uuid ?? '', robin.uuid, mara1.uuid)).status).toBe(200);
  });

  test('fails after somebody else has chosen another version, with their name', async () => {
    await activate(mara2.uuid, robin.uuid, { who: erik });
    for (const expected of [robin.uuid, mara2.uuid]) {
      const written = await added(async () =>
        expect(await problemOf(await undo(key, mara1.uuid, expected))).toMatchObject({
          status: 409,
          code: 'active_conflict',
          detail: 'Erik has changed the active version since you loaded it.',
          current: { active_avatar_uuid: mara2.uuid, set_by: 'Erik' },
        }),
      );
      expect(written).toEqual([]);
    }
  });

  test('fails after somebody else has chosen the same version again', async () => {
    await activate(mara2.uuid, robin.uuid, { who: erik });
    await activate(robin.uuid, mara2.uuid, { who: erik });
    expect(await problemOf(await undo(key, mara1.uuid, robin.uuid))).toMatchObject({
      code: 'active_conflict',
      current: { active_avatar_uuid: robin.uuid, set_by: 'Erik' },
    });
  });

  test('fails after an upload has become active', async () => {
    const uploaded = await server.client(erik.token).mustUpload(project.uuid, { bytes: bundle });
    const refused = await problemOf(await undo(key, mara1.uuid, uploaded.uuid));
    expect(refused).toMatchObject({ code: 'active_conflict', current: { set_by: 'Erik' } });
  });

  test('fails for an activation of another project', async () => {
    const other = await addProject(server.database.db, server.customers.aurora.id, `Other ${count}`);
    const elsewhere = randomUUID();
    await dana().mustUpload(other.uuid, { bytes: bundle, idempotencyKey: elsewhere });
    expect((await undo(elsewhere, mara1.uuid, robin.uuid)).status).toBe(409);
  });

  test('of ten requests at once, changes the active version once', async () => {
    const written = await added(async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => undo(key, mara1.uuid, robin.uuid)));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    });
    expect(written).toMatchObject([{ how: 'undo' }]);
  });
});
