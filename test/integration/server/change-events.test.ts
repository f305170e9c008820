import { once } from 'node:events';
import { connect } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { memberships } from '../../../server/db/schema/memberships.ts';
import { sessions } from '../../../server/db/schema/sign-in.ts';
import { users } from '../../../server/db/schema/users.ts';
import { hashToken } from '../../../server/features/accounts/tokens.ts';
import { MAX_STREAMS_PER_USER } from '../../../server/features/feed/change-events.ts';
import { FEED_CHANNEL } from '../../../server/history/feed-notices.ts';
import { EVENTS_HEARTBEAT_MS } from '../../../shared/api/changes.ts';
import { HOUR_MS } from '../../../shared/lib/durations.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { type EventReader, readEvents } from '../../support/event-reader.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, type TestPerson } from '../../support/world.ts';

const PATH = '/api/customer/changes/events';
/** Short, so that heartbeats come soon. */
const HEARTBEAT_MS = 50;

let server: TestServer;
/** A second server on the same database; for PostgreSQL and HTTP it is another process. */
let other: TestServer;
let bundle: Buffer;
const open: EventReader[] = [];

beforeAll(async () => {
  server = await startTestServer({ heartbeatMs: HEARTBEAT_MS });
  other = await startTestServer({ shareWith: server, heartbeatMs: HEARTBEAT_MS });
  bundle = await readFixture('gab/minimal.gab');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});
afterAll(async () => {
  await other.stop();
  await server.stop();
});

async function listen(person: TestPerson, at: TestServer = server): Promise<EventReader> {
  const response = await at.client(person.token).get(PATH);
  expect(response.status).toBe(200);
  const reader = readEvents(response);
  open.push(reader);
  return reader;
}
const dana = () => server.client(server.people.dana.token);
const newDesigner = (name: string) =>
  addPerson(server.database.db, {
    name,
    email: `${name}@aurora.example`,
    role: 'designer',
    customerId: server.customers.aurora.id,
  });
async function cursor(person: TestPerson): Promise<number> {
  return (await (await server.client(person.token).get('/api/customer/changes?limit=1000')).json()).cursor;
}
/** The first event of a customer with at least this number; earlier events are skipped. */
async function until(reader: EventReader, wanted: { readonly customer_uuid: string; readonly seq: number }) {
  for (;;) {
    const event = await reader.next();
    if (event.customer_uuid === wanted.customer_uuid && event.seq >= wanted.seq) return event;
  }
}

test('a stream starts with the current number and sends one after each commit', async () => {
  const reader = await listen(server.people.dana);
  const customer_uuid = server.customers.aurora.uuid;
  const before = await cursor(server.people.dana);
  expect(await reader.next()).toEqual({ customer_uuid, seq: before });
  const avatar = await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  expect(await reader.next()).toEqual({ customer_uuid, seq: before + 2 });
  await dana().send('PATCH', `/api/customer/avatars/${avatar.uuid}`, { body: { name: 'Other' } });
  expect(await reader.next()).toEqual({ customer_uuid, seq: before + 4 });
});

test('commits of another server process are sent, and rollbacks are not', async () => {
  const reader = await listen(server.people.viktor, other);
  const { seq } = await reader.next();
  await dana().upload(server.projects.desk.uuid, {
    bytes: bundle,
    fields: { lineage_uuid: server.projects.desk.uuid },
  });
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  expect(await reader.next()).toMatchObject({ seq: await cursor(server.people.dana) });
  expect(await cursor(server.people.dana)).toBeGreaterThan(seq);
});

test('the headers keep proxies from storing, changing or delaying the stream', async () => {
  const response = await dana().get(PATH, { 'accept-encoding': 'gzip' });
  open.push(readEvents(response));
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  expect(response.headers.has('content-encoding')).toBe(false);
  expect(response.headers.has('etag')).toBe(false);
});

test('heartbeats keep coming, every 20 seconds by default', async () => {
  expect(EVENTS_HEARTBEAT_MS).toBe(20_000);
  const reader = await listen(server.people.dana);
  const reading = reader.ended();
  await vi.waitFor(() => expect(reader.comments()).toBeGreaterThan(2), 30_000);
  await reader.close();
  await reading;
});

describe('the numbers on a stream', () => {
  test('are those of the own customer for a viewer, those of all customers for an administrator', async () => {
    const { aurora, borealis } = server.customers;
    const viktor = await listen(server.people.viktor);
    const ada = await listen(server.people.ada);
    const bo = await listen(server.people.bo);
    const seqs = {
      aurora: await cursor(server.people.dana),
      borealis: await cursor(server.people.bo),
    };
    expect(await viktor.next()).toEqual({ customer_uuid: aurora.uuid, seq: seqs.aurora });
    expect(await bo.next()).toEqual({ customer_uuid: borealis.uuid, seq: seqs.borealis });
    expect([await ada.next(), await ada.next()]).toEqual([
      { customer_uuid: aurora.uuid, seq: seqs.aurora },
      { customer_uuid: borealis.uuid, seq: seqs.borealis },
    ]);
    await dana().mustUpload(server.projects.kiosk.uuid, { bytes: bundle });
    const boClient = server.client(server.people.bo.token);
    await boClient.mustUpload(server.projects.reception.uuid, { bytes: bundle });
    // The next event of each reader is from their own customer, whichever commit came first.
    expect(await viktor.next()).toEqual({ customer_uuid: aurora.uuid, seq: seqs.aurora + 2 });
    expect(await bo.next()).toEqual({ customer_uuid: borealis.uuid, seq: seqs.borealis + 2 });
    expect(await ada.next()).toEqual({ customer_uuid: aurora.uuid, seq: seqs.aurora + 2 });
    expect(await ada.next()).toEqual({ customer_uuid: borealis.uuid, seq: seqs.borealis + 2 });
  });

  test('are never those of another customer, even if the request names one', async () => {
    const response = await server
      .client(server.people.bo.token)
      .get(`${PATH}?customer_uuid=${server.customers.aurora.uuid}`);
    const reader = readEvents(response);
    open.push(reader);
    expect(await reader.next()).toMatchObject({ customer_uuid: server.customers.borealis.uuid });
  });
});

describe('a stream ends', () => {
  test('at once, long before a heartbeat, when its session is ended or its reader loses a role', async () => {
    const patient = await startTestServer({ shareWith: server, heartbeatMs: HOUR_MS });
    const erna = await newDesigner('erna');
    const first = await listen(erna, patient);
    await first.next();
    await server.client(erna.token).send('DELETE', '/api/auth/sessions/current');
    await first.ended();
    const emil = await newDesigner('emil');
    const second = await listen(emil, patient);
    await second.next();
    await server.database.db.delete(memberships).where(eq(memberships.userId, emil.id));
    await second.ended();
    await patient.stop();
  });

  test('when its reader signs out, also through another process', async () => {
    const erik = await newDesigner('erik');
    const reader = await listen(erik);
    await reader.next();
    expect((await other.client(erik.token).send('DELETE', '/api/auth/sessions/current')).status).toBe(204);
    await reader.ended();
    expect(await problemOf(await server.client(erik.token).get(PATH))).toMatchObject({ status: 401 });
  });

  test('when the session expires', async () => {
    const frida = await newDesigner('frida');
    const reader = await listen(frida);
    await server.database.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.tokenHash, hashToken(frida.token)));
    await reader.ended();
  });

  test('when the reader moves to another customer, or is deleted', async () => {
    const { db } = server.database;
    const gina = await newDesigner('gina');
    const moved = await listen(gina);
    await db
      .update(memberships)
      .set({ customerId: server.customers.borealis.id })
      .where(eq(memberships.userId, gina.id));
    await moved.ended();
    const again = await listen(gina);
    expect(await again.next()).toMatchObject({ customer_uuid: server.customers.borealis.uuid });
    await db.delete(users).where(eq(users.id, gina.id));
    await again.ended();
  });

  test('when the database cannot be asked whether its reader still has access', async () => {
    const reader = await listen(server.people.dana, other);
    await reader.next();
    const away = vi.spyOn(other.database.db, 'select').mockImplementation(() => {
      throw new Error('the database is away');
    });
    try {
      await reader.ended();
    } finally {
      away.mockRestore();
    }
  });

  test('if it is the oldest one and its reader opens too many', async () => {
    const hugo = await newDesigner('hugo');
    const readers: EventReader[] = [];
    for (let at = 0; at <= MAX_STREAMS_PER_USER; at += 1) readers.push(await listen(hugo));
    await readers[0]?.ended();
    const rest = await Promise.all(readers.slice(1).map((reader) => reader.next()));
    expect(rest).toHaveLength(MAX_STREAMS_PER_USER);
  });

  test('with the server, which does not wait for readers, not even for one that has stopped reading', async () => {
    const ending = await startTestServer({ shareWith: server });
    const reader = await listen(server.people.dana, ending);
    await reader.next();
    const deaf = connect(Number(new URL(ending.url).port), '127.0.0.1');
    deaf.pause();
    const authorization = `authorization: Bearer ${server.people.dana.token}`;
    deaf.write(`GET ${PATH} HTTP/1.1\r\nhost: localhost\r\n${authorization}\r\n\r\n`);
    await once(deaf, 'readable');
    const closed = ending.stop();
    await reader.ended();
    deaf.resume();
    await closed;
    deaf.destroy();
  });
});

test('a broken connection to the database is replaced, and missed commits are sent', async () => {
  const reader = await listen(server.people.dana);
  const { seq } = await reader.next();
  const killed = await server.database.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'gabinet-listener' and datname = current_database()`,
  );
  expect(killed.rows.length).toBeGreaterThan(0);
  const customer_uuid = server.customers.aurora.uuid;
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  expect(await until(reader, { customer_uuid, seq: seq + 1 })).toMatchObject({ seq: await cursor(server.people.dana) });
  await vi.waitFor(async () => {
    const { rows } = await server.database.db.execute(
      sql`select 1 from pg_stat_activity where application_name = 'gabinet-listener' and datname = current_database()`,
    );
    expect(rows.length).toBeGreaterThan(0);
  }, 30_000);
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  await until(reader, { customer_uuid, seq: await cursor(server.people.dana) });
});

test('notices of other programs on the channel are ignored', async () => {
  const reader = await listen(server.people.dana);
  const { seq } = await reader.next();
  for (const payload of ['', 'nonsense', '{"id":1}', '[]']) {
    await server.database.db.execute(sql`select pg_notify(${FEED_CHANNEL}, ${payload})`);
  }
  await dana().mustUpload(server.projects.desk.uuid, { bytes: bundle });
  expect((await reader.next()).seq).toBeGreaterThan(seq);
});
