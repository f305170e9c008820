import { and, asc, eq, inArray } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customers } from '../../../server/db/schema/customers.ts';
import { changeFeed } from '../../../server/db/schema/history.ts';
import { shortenFeeds, TOMBSTONE_DAYS } from '../../../server/features/feed/feed-retention.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { type Change, changesResponseSchema } from '../../../shared/api/changes.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  bundle = await readFixture('gab/minimal.gab');
});
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const dana = () => server.client(server.people.dana.token);
const upload = () => dana().mustUpload(server.projects.desk.uuid, { bytes: bundle, fields: { activate: 'false' } });
const rename = ({ uuid }: AvatarUploadResponse, name: string) =>
  dana().send('PATCH', `/api/customer/avatars/${uuid}`, { body: { name } });
/** Moves versions to the trash and purges them. */
async function purge(...avatars: AvatarUploadResponse[]) {
  for (const { uuid } of avatars) await dana().send('DELETE', `/api/customer/avatars/${uuid}`);
  await purgeTrash(server.app.context, new Date(Date.now() + 31 * DAY_MS));
}
const ask = (since: number, query = '') => dana().get(`/api/customer/changes?since=${since}${query}`);
const read = async (since: number, query = '') => changesResponseSchema.parse(await (await ask(since, query)).json());
const rows = () =>
  server.database.db
    .select({ seq: changeFeed.seq, uuid: changeFeed.entityUuid, isLatest: changeFeed.isLatest })
    .from(changeFeed)
    .where(eq(changeFeed.customerId, server.customers.aurora.id))
    .orderBy(asc(changeFeed.seq));
const shorten = (days = TOMBSTONE_DAYS + 1) => shortenFeeds(server.app.context, new Date(Date.now() + days * DAY_MS));
/** Makes all entries this many days old. */
async function age(days: number) {
  await server.database.db.update(changeFeed).set({ at: new Date(Date.now() - days * DAY_MS) });
}
const floor = async () => {
  const [row] = await server.database.db.select().from(customers).where(eq(customers.id, server.customers.aurora.id));
  return row?.feedFloor;
};

describe('shortening a feed', () => {
  test('removes nothing younger than 90 days', async () => {
    const avatar = await upload();
    await rename(avatar, 'Other');
    await purge(avatar);
    const before = await rows();
    expect(await shorten(TOMBSTONE_DAYS - 1)).toBe(0);
    expect(await rows()).toEqual(before);
    expect(await floor()).toBe(0);
  });

  test('removes superseded entries and leaves the floor', async () => {
    const avatar = await upload();
    for (const name of ['One', 'Two', 'Three']) await rename(avatar, name);
    const listed = await read(0);
    expect(await shorten()).toBe(6);
    expect((await rows()).map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
      [7, true],
      [8, true],
    ]);
    expect(await floor()).toBe(0);
    expect(await read(0)).toEqual(listed);
    expect((await read(3)).changes).toEqual(listed.changes);
  });

  test('removes deletions, raises the floor to the newest of them, and keeps old entries of existing entities', async () => {
    const [stays, goes, alsoGoes] = [await upload(), await upload(), await upload()];
    await purge(goes, alsoGoes);
    const deletions = (await read(0)).changes.filter(({ uuid }) => uuid === goes.uuid || uuid === alsoGoes.uuid);
    expect(deletions).toHaveLength(2);
    await shorten();
    expect(await floor()).toBe(Math.max(...deletions.map(({ seq }) => seq)));
    const { changes, cursor } = await read(0);
    expect(changes.map(({ uuid }) => uuid)).toEqual([stays.uuid, server.projects.desk.uuid]);
    expect(cursor).toBe(await floor());
  });

  test('treats each customer’s feed separately', async () => {
    const bo = server.client(server.people.bo.token);
    await bo.mustUpload(server.projects.reception.uuid, { bytes: bundle });
    await purge(await upload());
    await shorten();
    expect(await floor()).toBeGreaterThan(0);
    const theirs = changesResponseSchema.parse(await (await bo.get('/api/customer/changes?since=1')).json());
    expect(theirs).toMatchObject({ cursor: 2, floor: 0 });
  });

  test('does not reset the numbers', async () => {
    await purge(await upload());
    const { cursor } = await read(0);
    await shorten();
    await upload();
    expect((await read(cursor)).changes.map(({ seq }) => seq)).toEqual([cursor + 1, cursor + 2]);
  });
});

describe('a cursor', () => {
  /** One version that stays, and one that was listed, then deleted and removed from the feed. */
  async function forget() {
    const stays = await upload();
    const cursorThen = (await read(0)).cursor;
    const goes = await upload();
    const between = (await read(0)).cursor;
    await purge(goes);
    await age(TOMBSTONE_DAYS + 1);
    const last = await upload();
    await shorten(0);
    return { stays, goes, last, cursorThen, between, floor: (await floor()) ?? 0 };
  }

  test('below the floor has expired, because a deletion after it was removed', async () => {
    const { between, cursorThen, floor: highest } = await forget();
    for (const since of [1, cursorThen, between, highest - 1]) {
      expect(await problemOf(await ask(since))).toMatchObject({
        status: 410,
        code: 'cursor_expired',
        hint: expect.stringContaining('since=0'),
      });
    }
  });

  test('at the floor has seen all removed deletions and misses nothing', async () => {
    const { last, floor: highest } = await forget();
    const { changes } = await read(highest);
    expect(changes.map(({ uuid }) => uuid)).toContain(last.uuid);
  });

  test('of 0 gets everything that exists', async () => {
    const { stays, goes, last } = await forget();
    const uuids = (await read(0)).changes.map(({ uuid }) => uuid);
    expect(uuids).toEqual(expect.arrayContaining([stays.uuid, last.uuid, server.projects.desk.uuid]));
    expect(uuids).not.toContain(goes.uuid);
  });

  test('below the floor works while reading from 0, if the request names the floor from its start', async () => {
    const { stays, last, floor: highest } = await forget();
    const seen: Change[] = [];
    let page = await read(0, '&limit=1');
    expect(page.cursor).toBeLessThan(highest);
    expect(page.floor).toBe(highest);
    for (;;) {
      seen.push(...page.changes);
      if (!page.has_more) break;
      expect((await ask(page.cursor, '&limit=1')).status).toBe(page.cursor < highest ? 410 : 200);
      page = await read(page.cursor, `&limit=1&floor=${page.floor}`);
    }
    expect(seen.map(({ uuid }) => uuid)).toEqual([stays.uuid, last.uuid, server.projects.desk.uuid]);
  });

  test('of an interrupted reading has expired once the floor has risen', async () => {
    const { floor: first } = await forget();
    const page = await read(0, '&limit=1');
    await purge(await upload());
    await age(TOMBSTONE_DAYS + 1);
    await shorten(0);
    expect(await floor()).toBeGreaterThan(first);
    const problem = await problemOf(await ask(page.cursor, `&floor=${page.floor}`));
    expect(problem).toMatchObject({ status: 410, code: 'cursor_expired' });
  });
});

test('the database allows one latest entry per entity', async () => {
  const avatar = await upload();
  await rename(avatar, 'Other');
  const ofAvatar = and(
    eq(changeFeed.customerId, server.customers.aurora.id),
    inArray(changeFeed.entityUuid, [avatar.uuid]),
  );
  await expect(server.database.db.update(changeFeed).set({ isLatest: true }).where(ofAvatar)).rejects.toThrow();
});
