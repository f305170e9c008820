import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chosenFile,
  confirmAll,
  drop,
  type Machine,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  transfersIn,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer, takeAway } from '../../support/running-server.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const FILE_BYTES = 6_000_000;
const SLOW_BYTES_PER_SECOND = 3_000_000;

interface Setting {
  readonly server: TestServer;
  readonly proxy: TcpProxy;
  readonly machine: Machine;
  readonly app: RunningApplication;
  readonly projectUuid: string;
}

/** Dana behind a wire that can be cut, with one file in the sheet. */
async function setting(current?: () => TestServer): Promise<Setting> {
  const server = current?.() ?? (await runningServer());
  const proxy = await startTcpProxy(() => (current?.() ?? server).url);
  const machine = await newMachine();
  const app = await startApplication(machine, proxy.url);
  await signIn(app, proxy.url, server.people.dana);
  const path = join(await tempFolder(), 'mara.gab');
  await writeFile(path, buildBundle({ name: 'Mara', sizeBytes: FILE_BYTES }));
  await drop(app, server.projects.desk.uuid, [chosenFile(path)]);
  return { server, proxy, machine, app, projectUuid: server.projects.desk.uuid };
}

/** Confirms and waits until the server has some of it, but not all. */
async function halfWay({ app, proxy, projectUuid }: Setting): Promise<string> {
  proxy.bytesPerSecond = SLOW_BYTES_PER_SECOND;
  await confirmAll(app, projectUuid);
  return until(async () => {
    const [transfer] = mustBe(await app.transfers.list());
    const isHalf = transfer?.state === 'sending' && transfer.doneBytes > 0 && transfer.doneBytes < transfer.totalBytes;
    return isHalf && transfer.id;
  });
}

/** The versions that the server has stored. */
async function storedVersions({ server, projectUuid }: Setting): Promise<number> {
  const rows = await server.database.pool.query(
    'select count(*)::int as n from avatars a join projects p on p.id = a.project_id where p.uuid = $1',
    [projectUuid],
  );
  return rows.rows[0].n;
}

describe('an upload that is interrupted', () => {
  it('reports progress and speed at most a few times a second', async () => {
    const at = await setting();
    await halfWay(at);
    const startedAt = performance.now();
    const before = at.app.payloads('transfers.changed').length;
    await transfersIn(at.app, 'done');
    const changes = at.app.payloads('transfers.changed').slice(before);
    const seconds = (performance.now() - startedAt) / 1000;
    expect(changes.length).toBeLessThan(5 * seconds + 5);
    const done = changes.map(([transfer]) => transfer?.doneBytes ?? 0);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(changes.some(([transfer]) => (transfer?.bytesPerSecond ?? 0) > 0)).toBe(true);
  });

  it('leaves nothing on the server when it is cancelled, and can be retried', async () => {
    const at = await setting();
    const id = await halfWay(at);
    await at.app.transfers.cancel({ id });
    const [cancelled] = await transfersIn(at.app, 'cancelled');
    expect(cancelled).toMatchObject({ canRetry: true, failure: null });
    expect(await storedVersions(at)).toBe(0);
    at.proxy.bytesPerSecond = null;
    await at.app.transfers.retry({ id });
    await transfersIn(at.app, 'done');
    expect(await storedVersions(at)).toBe(1);
  });

  it('loses its upload copy when it is cancelled and the list is cleared', async () => {
    const at = await setting();
    await at.app.transfers.cancel({ id: await halfWay(at) });
    await transfersIn(at.app, 'cancelled');
    await at.app.transfers.clearEnded();
    expect(mustBe(await at.app.transfers.list())).toEqual([]);
    const accounts = join(at.machine.userDataDir, 'accounts');
    const [account = ''] = await readdir(accounts);
    expect(await readdir(join(accounts, account, 'upload-copies'))).toEqual([]);
  });

  it('is retried automatically when the connection is cut', async () => {
    const at = await setting();
    await halfWay(at);
    at.proxy.cut();
    const [failed] = await transfersIn(at.app, 'failed');
    expect(failed).toMatchObject({ canRetry: true, failure: { code: 'offline' } });
    at.proxy.restore();
    at.proxy.bytesPerSecond = null;
    await transfersIn(at.app, 'done');
    expect(await storedVersions(at)).toBe(1);
  });

  it('continues after the server was restarted', async () => {
    const first = await runningServer();
    let current = first;
    const at = await setting(() => current);
    await halfWay(at);
    at.proxy.cut();
    await takeAway(first);
    await transfersIn(at.app, 'failed');
    current = await startTestServer({ shareWith: first });
    try {
      at.proxy.restore();
      at.proxy.bytesPerSecond = null;
      await at.app.library.refresh();
      await transfersIn(at.app, 'done');
      expect(await storedVersions(at)).toBe(1);
    } finally {
      await at.app.stop();
      await takeAway(current);
      await current.stop();
    }
  });

  it('continues after the application was closed and opened again', async () => {
    const at = await setting();
    const id = await halfWay(at);
    await at.app.stop();
    at.proxy.bytesPerSecond = null;
    const again = await startApplication(at.machine, at.proxy.url);
    const [transfer] = await transfersIn(again, 'done');
    expect(transfer).toMatchObject({ id, version: 1, activation: 'activated' });
    expect(await storedVersions(at)).toBe(1);
    expect(mustBe(await again.library.avatars({ projectUuid: at.projectUuid }))).toHaveLength(1);
  });

  it('is stored once when the response is lost after the commit', async () => {
    const at = await setting();
    let lost = 0;
    at.proxy.onAnswer = (bytes) => {
      const isAnswer = lost === 0 && bytes.includes('201 Created');
      if (isAnswer) lost += 1;
      return isAnswer;
    };
    await confirmAll(at.app, at.projectUuid);
    const [transfer] = await transfersIn(at.app, 'done');
    expect(lost).toBe(1);
    expect(transfer).toMatchObject({ version: 1, activation: 'activated' });
    expect(await storedVersions(at)).toBe(1);
    const [avatar] = mustBe(await at.app.library.avatars({ projectUuid: at.projectUuid }));
    expect(avatar?.versions.map((version) => version.uuid)).toEqual([transfer?.versionUuid]);
  });

  /** The private copy of one that is waiting for the network. */
  async function copyOf(at: Setting, id: string): Promise<string> {
    at.proxy.cut();
    await transfersIn(at.app, 'failed');
    const accounts = join(at.machine.userDataDir, 'accounts');
    const [account = ''] = await readdir(accounts);
    return join(accounts, account, 'upload-copies', `${id}.gab`);
  }

  it('is refused when its upload copy was changed, and leaves nothing on the server', async () => {
    const at = await setting();
    const id = await halfWay(at);
    await writeFile(await copyOf(at, id), buildBundle({ name: 'Otto', sizeBytes: FILE_BYTES }));
    at.proxy.restore();
    await at.app.transfers.retry({ id });
    const [refused] = await transfersIn(at.app, 'refused');
    expect(refused?.failure?.code).toBe('file_changed');
    expect(await storedVersions(at)).toBe(0);
    const sessions = await at.server.database.pool.query('select uuid from upload_sessions');
    expect(sessions.rows).toEqual([]);
  });

  it('is refused when its upload copy was deleted', async () => {
    const at = await setting();
    const id = await halfWay(at);
    await rm(await copyOf(at, id));
    at.proxy.restore();
    await at.app.transfers.retry({ id });
    const [refused] = await transfersIn(at.app, 'refused');
    expect(refused?.failure?.code).toBe('file_gone');
  });
});
