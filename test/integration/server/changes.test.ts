import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customers } from '../../../server/db/schema/customers.ts';
import { changeFeed } from '../../../server/db/schema/history.ts';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { type Change, changesResponseSchema } from '../../../shared/api/changes.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, addProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/minimal.gab');
});
afterAll(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const ada = () => server.client(server.people.ada.token);

async function read(since: number, query = '') {
  const response = await dana().get(`/api/customer/changes?since=${since}${query}`);
  return changesResponseSchema.parse(await response.json());
}

/** All changes after `since`, page by page. */
async function readAll(since: number, limit = 3): Promise<{ changes: Change[]; cursor: number }> {
  const changes: Change[] = [];
  let cursor = since;
  for (;;) {
    const page = await read(cursor, `&limit=${limit}`);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.has_more) return { changes, cursor };
  }
}
const cursorNow = async () => (await readAll(0, 1000)).cursor;
const brief = (changes: readonly Change[]) => changes.map((change) => `${change.entity} ${change.uuid}`);

test('an empty feed has no changes and the cursor 0', async () => {
  const { feed_id, ...empty } = await read(0);
  expect(empty).toEqual({ changes: [], cursor: 0, has_more: false, floor: 0 });
  expect(feed_id).toMatch(/^[0-9a-f]{32}$/);
});

test('an upload adds the version and its project, both in their latest state', async () => {
  const since = await cursorNow();
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  const { changes, cursor } = await readAll(since);
  expect(brief(changes)).toEqual([`avatar ${avatar.uuid}`, `project ${server.projects.desk.uuid}`]);
  const { activation: _activation, ...state } = avatar;
  expect(changes[0]).toMatchObject({ avatar: state });
  expect(changes[1]).toMatchObject({ project: { active_avatar: { uuid: avatar.uuid }, avatar_count: 1 } });
  expect(await read(cursor)).toMatchObject({ changes: [], cursor, has_more: false });
});

test('a cursor of another history fails with `cursor_expired`, except at 0 or if the request has no feed id', async () => {
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  const { feed_id, cursor } = await read(0);
  expect(await read(cursor, `&feed_id=${feed_id}`)).toMatchObject({ changes: [], feed_id });
  expect(await read(cursor)).toMatchObject({ feed_id });
  expect(await read(0, `&feed_id=${'0'.repeat(32)}`)).toMatchObject({ cursor, feed_id });
  const other = await dana().get(`/api/customer/changes?since=${cursor}&feed_id=${'0'.repeat(32)}`);
  expect(await problemOf(other)).toMatchObject({ status: 410, code: 'cursor_expired' });
});

test('an entity that changed several times is listed once, at its last number', async () => {
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  const since = await cursorNow();
  for (const name of ['One', 'Two', 'Three']) {
    await dana().send('PATCH', `/api/customer/avatars/${avatar.uuid}`, { body: { name } });
  }
  const { changes } = await readAll(since);
  expect(brief(changes)).toEqual([`avatar ${avatar.uuid}`, `project ${server.projects.desk.uuid}`]);
  expect(changes[0]).toMatchObject({ avatar: { name: 'Three' }, seq: since + 5 });
});

test('an edit of an avatar lists every version', async () => {
  const first = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  const fields = { lineage_uuid: first.lineage_uuid };
  const second = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fields });
  const since = await cursorNow();
  await dana().send('PATCH', `/api/customer/avatars/${first.uuid}`, { body: { tags: ['shared'] } });
  const listed = (await readAll(since)).changes;
  for (const uuid of [first.uuid, second.uuid]) {
    expect(listed.find((change) => change.uuid === uuid)).toMatchObject({ avatar: { tags: ['shared'] } });
  }
});

test('activating, trashing and restoring are listed', async () => {
  const first = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
  const second = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
  let since = await cursorNow();
  const path = `/api/customer/projects/${server.projects.kiosk.uuid}/active-avatar`;
  await dana().send('PUT', path, { body: { avatar_uuid: first.uuid, expected_active_uuid: second.uuid } });
  let listed = await readAll(since);
  expect(listed.changes.find(({ uuid }) => uuid === first.uuid)).toMatchObject({ avatar: { is_active: true } });
  expect(listed.changes.find(({ uuid }) => uuid === second.uuid)).toMatchObject({ avatar: { is_active: false } });
  since = listed.cursor;
  await dana().send('DELETE', `/api/customer/avatars/${first.uuid}`);
  listed = await readAll(since);
  expect(listed.changes.find(({ uuid }) => uuid === first.uuid)).toMatchObject({
    avatar: { is_active: false, deleted_at: expect.any(String) },
  });
  since = listed.cursor;
  await dana().send('POST', `/api/customer/avatars/${first.uuid}/restore`);
  listed = await readAll(since);
  expect(listed.changes.find(({ uuid }) => uuid === first.uuid)).toMatchObject({ avatar: { deleted_at: null } });
});

test('every field is the same as in the response for the version itself, in every state', async () => {
  const minimal = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
  const pictured = await dana().mustUpload(server.projects.kiosk.uuid, {
    bytes: await readFixture('gab/robot-expressive.gab'),
    fields: { tags: ['one', 'Zwei, "drei"'.replaceAll(',', '')], description: 'Zeile\n„zwei“' },
  });
  const opaque = await ada().mustUpload(server.projects.kiosk.uuid, { bytes: Buffer.from('no bundle') });
  await dana().send('DELETE', `/api/customer/avatars/${minimal.uuid}`);
  const { changes } = await readAll(0, 1000);
  for (const { uuid } of [minimal, pictured, opaque]) {
    const itself: unknown = await (await dana().get(`/api/customer/avatars/${uuid}`)).json();
    expect(changes.find((change) => change.uuid === uuid)).toMatchObject({ avatar: itself });
    expect(itself).toEqual((changes.find((change) => change.uuid === uuid) as { avatar: unknown }).avatar);
  }
  expect(pictured.thumbnail_url).not.toBeNull();
});

describe('the feed has a deletion', () => {
  test('for a purged version', async () => {
    const avatar = await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
    await dana().send('DELETE', `/api/customer/avatars/${avatar.uuid}`);
    const since = await cursorNow();
    await purgeTrash(server.app.context, new Date(Date.now() + 31 * DAY_MS));
    const { changes } = await readAll(since);
    expect(changes.find(({ uuid }) => uuid === avatar.uuid)).toMatchObject({ entity: 'avatar', avatar: null });
  });

  test('for a deleted project and for its versions', async () => {
    const body = { customer_uuid: server.customers.aurora.uuid, name: 'Short-lived' };
    const project = await (await ada().send('POST', '/api/admin/projects', { body })).json();
    const avatar = await dana().mustUpload(project.uuid, { bytes: bundle });
    const since = await cursorNow();
    await ada().send('DELETE', `/api/admin/projects/${project.uuid}`);
    expect((await readAll(since)).changes).toMatchObject([
      { entity: 'avatar', uuid: avatar.uuid, avatar: null },
      { entity: 'project', uuid: project.uuid, project: null },
    ]);
  });
});

test('every customer has a separate feed', async () => {
  const before = await cursorNow();
  await ada().mustUpload(server.projects.reception.uuid, { bytes: bundle });
  expect(await cursorNow()).toBe(before);
  const theirs = await ada().get(`/api/customer/changes?customer_uuid=${server.customers.borealis.uuid}`);
  expect((await theirs.json()).cursor).toBe(2);
});

test('with many writers the numbers have no gaps, and a reader that follows misses nothing', async () => {
  const project = await addProject(server.database.db, server.customers.aurora.id, 'Busy');
  const since = await cursorNow();
  const seen = new Map<string, Change>();
  let isWriting = true;
  const follow = async () => {
    for (let cursor = since; ; ) {
      const wasWriting = isWriting;
      const page = await read(cursor, '&limit=4');
      for (const change of page.changes) seen.set(`${change.entity} ${change.uuid}`, change);
      expect(page.cursor).toBeGreaterThanOrEqual(cursor);
      cursor = page.cursor;
      if (!wasWriting && !page.has_more) return cursor;
    }
  };
  const write = async (at: number) => {
    const avatar = await dana().mustUpload(project.uuid, { bytes: bundle });
    await dana().send('PATCH', `/api/customer/avatars/${avatar.uuid}`, { body: { name: `Avatar ${at}` } });
    // A rollback must not leave a gap.
    await dana().upload(project.uuid, { bytes: bundle, fields: { lineage_uuid: project.uuid } });
  };
  const following = follow();
  await Promise.all(Array.from({ length: 10 }, (_, at) => write(at)));
  isWriting = false;
  const cursor = await following;
  const rows = await server.database.db
    .select({ seq: changeFeed.seq })
    .from(changeFeed)
    .where(eq(changeFeed.customerId, server.customers.aurora.id))
    .orderBy(asc(changeFeed.seq));
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: cursor }, (_, at) => at + 1));
  const [customer] = await server.database.db
    .select()
    .from(customers)
    .where(eq(customers.id, server.customers.aurora.id));
  expect(customer?.feedSeq).toBe(cursor);
  const names = [...seen.values()].flatMap((change) => (change.entity === 'avatar' ? [change.avatar?.name] : []));
  expect(names.map(String).sort()).toEqual(Array.from({ length: 10 }, (_, at) => `Avatar ${at}`).sort());
});

describe('a reader who sees only one project', () => {
  test('gets only its changes, and reads everything again when another project becomes visible', async () => {
    const { desk, kiosk } = server.projects;
    const lena = await addPerson(server.database.db, {
      name: 'Lena',
      email: 'lena@aurora.example',
      role: 'designer',
      customerId: server.customers.aurora.id,
      projectId: desk.id,
    });
    const readAsLena = async (query = '') =>
      (await server.client(lena.token).get(`/api/customer/changes?limit=1000${query}`)).json();
    const seen = await dana().mustUpload(desk.uuid, { bytes: bundle });
    const hidden = await dana().mustUpload(kiosk.uuid, { bytes: bundle });
    const first = await readAsLena();
    const text = JSON.stringify(first.changes);
    expect(text).toContain(seen.uuid);
    expect(text).toContain(desk.uuid);
    expect(text).not.toContain(hidden.uuid);
    expect(text).not.toContain(kiosk.uuid);
    const { id: userId } = lena;
    const { id: customerId } = server.customers.aurora;
    await server.database.db.insert(memberships).values({ userId, customerId, role: 'viewer', projectId: kiosk.id });
    expect(await readAsLena(`&since=${first.cursor}&feed_id=${first.feed_id}`)).toMatchObject({
      code: 'cursor_expired',
    });
    expect(JSON.stringify((await readAsLena()).changes)).toContain(hidden.uuid);
  });
});
