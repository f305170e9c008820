import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { HOUR_MS } from '../../../shared/lib/durations.ts';
import {
  type Machine,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { fillLibrary } from '../../support/fill-library.ts';
import { backUpDatabase } from '../../support/postgres.ts';
import { runningServer } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

/** Several pages of the feed with 10,000 versions, and far from all of them. */
const PART_OF_FIRST_SYNC_BYTES = 1_000_000;

async function signedIn(
  server: TestServer,
  serverUrl = server.url,
  pollIntervalMs?: number,
): Promise<RunningApplication> {
  const app = await startApplication(await newMachine(), serverUrl, pollIntervalMs);
  await signIn(app, serverUrl, server.people.dana);
  return app;
}

async function putVersion(server: TestServer, name = 'Mara'): Promise<VersionUuid> {
  const dana = server.client(server.people.dana.token);
  const bytes = buildBundle({ name });
  return (await dana.mustUpload(server.projects.desk.uuid, { bytes, fields: { activate: 'false' } })).uuid;
}

const rename = (server: TestServer, uuid: string, name: string) =>
  server.client(server.people.dana.token).send('PATCH', `/api/customer/avatars/${uuid}`, { body: { name } });

const namesIn = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.avatars({ projectUuid })).map((avatar) => avatar.name);

describe('following the server', () => {
  it('shows two designers each other’s changes without polling', async () => {
    const server = await runningServer();
    const uuid = await putVersion(server);
    const [one, other] = [await signedIn(server), await signedIn(server)];
    mustBe(await one.library.edit({ versionUuid: uuid, name: 'Mara of the desk' }));
    await until(async () => (await namesIn(other, server.projects.desk.uuid)).includes('Mara of the desk'));
    mustBe(
      await other.library.activate({
        projectUuid: server.projects.desk.uuid,
        versionUuid: uuid,
        expectedActiveUuid: null,
      }),
    );
    await until(async () =>
      mustBe(await one.library.projects()).some((project) => project.active?.versionUuid === uuid),
    );
    expect(one.payloads('library.changed').flatMap(({ projectUuids }) => projectUuids)).toContain(
      server.projects.desk.uuid,
    );
  });

  it('shows the projects of a customer as soon as the user belongs to it, and hides those of one that is left', async () => {
    const server = await runningServer();
    // No poll comes to the aid of the test.
    const app = await signedIn(server, server.url, HOUR_MS);
    const { dana, ada } = server.people;
    const change = async (path: string, customer: 'aurora' | 'borealis', role?: string) => {
      const body = { customer_uuid: server.customers[customer].uuid, ...(role && { role }) };
      const method = role ? 'PUT' : 'POST';
      const answer = await server.client(ada.token).send(method, `/api/customer/people/${dana.uuid}/${path}`, { body });
      expect(answer.status).toBe(200);
    };
    const shown = async () => mustBe(await app.library.projects()).map(({ name }) => name);
    await until(async () => (await shown()).length === 2);
    await change('membership', 'borealis', 'viewer');
    await until(async () => (await shown()).includes('Reception'));
    await change('membership/remove', 'aurora');
    await until(async () => (await shown()).join() === 'Reception');
    expect((await app.session.get()).user?.memberships).toMatchObject([{ customerName: 'Borealis', role: 'viewer' }]);
    await until(async () => (await app.session.get()).connection === 'online');
  });

  it('continues after the connection was cut, with the changes made in the meantime', async () => {
    const server = await runningServer();
    const uuid = await putVersion(server);
    const wire = await startTcpProxy(() => server.url);
    const app = await signedIn(server, wire.url);
    wire.cut();
    await until(async () => (await app.session.get()).connection === 'offline');
    await rename(server, uuid, 'While away');
    wire.restore();
    await until(async () => (await namesIn(app, server.projects.desk.uuid)).includes('While away'));
    await rename(server, uuid, 'By event again');
    await until(async () => (await namesIn(app, server.projects.desk.uuid)).includes('By event again'));
  });

  it('polls behind a proxy that lets no events through', async () => {
    const server = await runningServer();
    const uuid = await putVersion(server);
    const app = await signedIn(server, await startBlockingProxy(server.url), 100);
    await rename(server, uuid, 'Found by asking');
    await until(async () => (await namesIn(app, server.projects.desk.uuid)).includes('Found by asking'));
    expect(app.logged.filter((line) => line.includes('events do not arrive'))).toHaveLength(1);
  });

  it('reads everything from scratch when deletions may have expired, and removes deleted rows', async () => {
    const server = await runningServer();
    const [gone, kept] = [await putVersion(server, 'Gone'), await putVersion(server, 'Kept')];
    const machine = await newMachine();
    const first = await startApplication(machine, server.url);
    await signIn(first, server.url, server.people.dana);
    expect(await namesIn(first, server.projects.desk.uuid)).toHaveLength(2);
    await first.stop();
    await forgetDeletion(server, gone);
    await rename(server, kept, 'Kept and renamed');
    const second = await startApplication(machine, server.url);
    await until(async () => (await namesIn(second, server.projects.desk.uuid)).includes('Kept and renamed'));
    expect(await namesIn(second, server.projects.desk.uuid)).toEqual(['Kept and renamed']);
    expect(second.payloads('library.changed')).toContainEqual({ projectUuids: [] });
  });

  it('adopts the state of a restored server', async () => {
    const server = await runningServer();
    const before = await putVersion(server, 'Before the restore');
    const machine = await newMachine();
    const first = await startApplication(machine, server.url);
    await signIn(first, server.url, server.people.dana);
    await first.stop();
    await server.database.pool.query('delete from avatars where uuid = $1', [before]);
    await server.database.pool.query('delete from change_feed');
    await server.database.pool.query('update customers set feed_seq = 0, feed_floor = 0');
    const ada = server.client(server.people.ada.token);
    await ada.send('PATCH', `/api/admin/projects/${server.projects.desk.uuid}`, { body: { name: 'Restored desk' } });
    const second = await startApplication(machine, server.url);
    await until(async () => mustBe(await second.library.projects())[0]?.name === 'Restored desk');
    expect(mustBe(await second.library.projects()).map((project) => project.name)).toEqual(['Restored desk']);
    expect(await namesIn(second, server.projects.desk.uuid)).toEqual([]);
  });

  it('adopts the state of a restored server even if its feed is longer again than what was read', async () => {
    const server = await runningServer();
    const isBack = async () => (await server.client(server.people.dana.token).get('/api/customer/projects')).ok;
    await putVersion(server, 'Old');
    const machine = await newMachine();
    const first = await startApplication(machine, server.url);
    await signIn(first, server.url, server.people.dana);
    const backup = await backUpDatabase(server.databaseUrl);
    await until(isBack);
    await putVersion(server, 'Lost');
    await until(async () => (await namesIn(first, server.projects.desk.uuid)).includes('Lost'));
    await first.stop();
    await backup.restore();
    await until(isBack);
    for (const name of ['New', 'Newer', 'Newest']) await putVersion(server, name);
    const second = await startApplication(machine, server.url);
    await until(async () => (await namesIn(second, server.projects.desk.uuid)).includes('Newest'));
    expect((await namesIn(second, server.projects.desk.uuid)).toSorted()).toEqual(['New', 'Newer', 'Newest', 'Old']);
  });

  it('stores 10,000 versions while the window reads, without flooding it with events', async () => {
    const server = await runningServer();
    await fillLibrary(server.database.pool, { customerId: server.customers.aurora.id, projects: 20, versions: 10_000 });
    const wire = await startTcpProxy(() => server.url);
    wire.answersLeft = PART_OF_FIRST_SYNC_BYTES;
    const app = await justSignedIn(server, await newMachine(), wire.url);
    let readsWhileSyncing = 0;
    const counts: number[] = [];
    await until(async () => {
      const [count, session] = [await avatarsIn(app), await app.session.get()];
      if (session.connection === 'syncing' && count > 0) {
        readsWhileSyncing += 1;
        wire.answersLeft = null;
      }
      counts.push(count);
      return count === 5000;
    });
    expect(readsWhileSyncing).toBeGreaterThan(0);
    expect(counts).toEqual(counts.toSorted((left, right) => left - right));
    // A hundred slices and more were stored.
    expect(app.payloads('library.changed').length).toBeLessThan(40);
  });

  it('resumes the first sync where it was stopped', async () => {
    const server = await runningServer();
    await fillLibrary(server.database.pool, { customerId: server.customers.aurora.id, projects: 20, versions: 10_000 });
    const machine = await newMachine();
    const wire = await startTcpProxy(() => server.url);
    wire.answersLeft = PART_OF_FIRST_SYNC_BYTES;
    const first = await justSignedIn(server, machine, wire.url);
    const before = await until(() => avatarsIn(first));
    expect((await first.session.get()).connection).toBe('syncing');
    await first.stop();
    wire.answersLeft = null;
    const second = await startApplication(machine, wire.url);
    expect(await avatarsIn(second)).toBeGreaterThanOrEqual(before);
    await until(async () => (await avatarsIn(second)) === 5000);
  });
});

/** The first sync is only about to begin. */
async function justSignedIn(server: TestServer, machine: Machine, serverUrl: string): Promise<RunningApplication> {
  const app = await startApplication(machine, serverUrl);
  const { email, password } = server.people.dana;
  mustBe(await app.session.signIn({ serverUrl, email, password }));
  return app;
}

async function avatarsIn(app: RunningApplication): Promise<number> {
  const projects = mustBe(await app.library.projects());
  return projects.reduce((sum, project) => sum + project.avatarCount, 0);
}

/** Makes the deletion so old that the feed no longer contains it. */
async function forgetDeletion(server: TestServer, versionUuid: string): Promise<void> {
  const { pool } = server.database;
  await pool.query('delete from avatars where uuid = $1', [versionUuid]);
  await pool.query('delete from change_feed where entity_uuid = $1', [versionUuid]);
  await pool.query('update customers set feed_seq = feed_seq + 1, feed_floor = feed_seq + 1');
}

/** Passes everything but the events, for which it responds with its own page. */
async function startBlockingProxy(serverUrl: string): Promise<string> {
  const proxy = createServer((incoming, outgoing) => {
    if (incoming.url?.endsWith('/events') === true) {
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<p>Not here.</p>');
      return;
    }
    const passed = httpRequest(new URL(incoming.url ?? '/', serverUrl), {
      method: incoming.method,
      headers: incoming.headers,
    });
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
