import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  type Machine,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { allSent } from '../../support/outbox.ts';
import { overwritePages } from '../../support/overwrite-file.ts';
import { runningServer } from '../../support/running-server.ts';
import { putVersions } from '../../support/stored-versions.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { NO_VERSION } from '../../support/uuids.ts';

/** Bytes 12288-16383 of the library: the first page of its versions. */
const FOURTH_PAGE = 4;

function libraryPath({ userDataDir }: Machine): string {
  const accounts = join(userDataDir, 'accounts');
  return join(accounts, readdirSync(accounts)[0] ?? '', 'library.db');
}

/** Dana at a machine whose wire is cut, with an edit that the server does not have. */
async function pendingEdit() {
  const server = await runningServer();
  const [versionUuid = NO_VERSION] = await putVersions(server, 1);
  const wire = await startTcpProxy(() => server.url);
  const machine = await newMachine();
  const app = await startApplication(machine, wire.url, 200);
  await signIn(app, wire.url, server.people.dana);
  wire.cut();
  await until(async () => (await app.session.get()).connection === 'offline');
  mustBe(await app.library.edit({ versionUuid, name: 'Mara 2' }));
  return { wire, machine, app, projectUuid: server.projects.desk.uuid };
}

/**
 * Overwrites a page behind the back of the running application. Another connection's commit makes it
 * read the page again.
 */
function damageWhileOpen(machine: Machine): void {
  const path = libraryPath(machine);
  const connection = new Database(path);
  connection.prepare('update library_state set synced_at = synced_at').run();
  connection.pragma('wal_checkpoint(TRUNCATE)');
  overwritePages(path, [FOURTH_PAGE]);
  connection.prepare('update library_state set synced_at = synced_at').run();
  connection.close();
}

const damagedFiles = async (machine: Machine) =>
  (await readdir(join(libraryPath(machine), '..'))).filter((name) =>
    /^library\.db\.damaged-[^-]+-[^-]+-[^-]+-[^-]+-[^-]+Z$/.test(name),
  );

async function isFull(app: RunningApplication): Promise<boolean> {
  return mustBe(await app.library.projects()).length > 0 && (await app.session.get()).connection === 'online';
}

test('a library that was damaged while the application was closed is filled again, and its repair is shown until it is dismissed', async () => {
  const { wire, machine, app, projectUuid } = await pendingEdit();
  await app.stop();
  overwritePages(libraryPath(machine), [FOURTH_PAGE]);
  const again = await startApplication(machine, wire.url);
  const damagedFile = expect.stringContaining('library.db.damaged-');
  const repair = { operations: { kept: 1, isComplete: true }, damagedFile };
  expect(await again.session.get()).toMatchObject({ user: { name: 'Dana' }, notice: null, repair });
  expect(mustBe(await again.operations.list())).toMatchObject([{ kind: 'edit' }]);
  mustBe(await again.session.revealDamagedFile());
  expect(again.revealed).toEqual([damagedFile]);
  await again.stop();
  wire.restore();
  const third = await startApplication(machine, wire.url);
  await until(() => isFull(third));
  await allSent(third);
  // The outbox is empty, so this is what the server has.
  expect(mustBe(await third.library.avatars({ projectUuid }))).toMatchObject([{ name: 'Mara 2' }]);
  expect((await third.session.get()).repair).toMatchObject(repair);
  mustBe(await third.session.dismissRepair());
  expect(third.payloads('session.changed').at(-1)?.repair).toBeNull();
  expect(await damagedFiles(machine)).toHaveLength(1);
});

test('a library that is damaged while the application runs is rebuilt at once, and the second time at the next start', async () => {
  const { wire, machine, app } = await pendingEdit();
  const repair = { operations: { kept: 1, isComplete: true } };
  damageWhileOpen(machine);
  expect(await app.library.trash()).toEqual({ ok: false, failure: { code: 'library_damaged' } });
  await until(async () => (await app.session.get()).repair !== null);
  expect(await app.session.get()).toMatchObject({ user: { name: 'Dana' }, repair });
  expect(mustBe(await app.operations.list())).toMatchObject([{ kind: 'edit' }]);
  // A failing disk must not be written over and over.
  damageWhileOpen(machine);
  await app.library.trash();
  await until(async () => (await app.session.get()).user === null);
  expect((await app.session.get()).notice).toEqual({ code: 'library_damaged_again' });
  expect(await damagedFiles(machine)).toHaveLength(1);
  await app.stop();
  const next = await startApplication(machine, wire.url);
  expect(await next.session.get()).toMatchObject({ user: { name: 'Dana' }, repair });
  expect(await damagedFiles(machine)).toHaveLength(2);
});
