import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chosenFile,
  confirmAll,
  drop,
  mustBe,
  newMachine,
  signIn,
  startApplication,
  transfersIn,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer } from '../../support/running-server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ID = '7d0f4bd0-7f0b-4d7b-9f0e-3f1b6a0c1d2e';
const FILE_BYTES = 3_000_000;

/** Dana behind a wire, and a way to start her machine again. */
async function setting() {
  const server = await runningServer();
  const proxy = await startTcpProxy(() => server.url);
  const machine = await newMachine();
  const again = () => startApplication(machine, proxy.url);
  const app = await again();
  await signIn(app, proxy.url, server.people.dana);
  return { server, proxy, machine, app, again, projectUuid: server.projects.desk.uuid };
}

async function fileOf(bytes: Buffer, name = 'mara.gab') {
  const path = join(await tempFolder(), name);
  await writeFile(path, bytes);
  return chosenFile(path);
}

describe('pausing uploads', () => {
  it('keeps a paused upload across a restart, sends others before it, and resumes where it stopped', async () => {
    const { proxy, app, again, projectUuid } = await setting();
    proxy.bytesPerSecond = 1_000_000;
    await drop(app, projectUuid, [await fileOf(buildBundle({ id: ID, sizeBytes: FILE_BYTES }))]);
    await confirmAll(app, projectUuid);
    const id = await until(async () => {
      const [transfer] = mustBe(await app.transfers.list());
      return transfer?.state === 'sending' && transfer.sentBytes > 200_000 && transfer.id;
    });
    await app.transfers.pause({ id });
    const [paused] = await transfersIn(app, 'paused');
    expect(paused).toMatchObject({ canPause: false, canRetry: false, waitsFor: null, failure: null });
    expect(paused?.doneBytes).toBeGreaterThan(200_000);
    expect(paused?.doneBytes).toBeLessThan(FILE_BYTES);
    await app.stop();
    proxy.bytesPerSecond = null;

    const later = await again();
    await drop(later, projectUuid, [
      await fileOf(buildBundle({ id: ID, version: '2.0.0' }), 'next.gab'),
      await fileOf(Buffer.from('no bundle'), 'other.gab'),
    ]);
    await confirmAll(later, projectUuid);
    await until(async () => {
      const states = new Map(mustBe(await later.transfers.list()).map(({ fileName, state }) => [fileName, state]));
      return (
        states.get('other.gab') === 'done' &&
        states.get('next.gab') === 'waiting' &&
        states.get('mara.gab') === 'paused'
      );
    });
    await later.transfers.resumeAll();
    const done = await transfersIn(later, 'done');
    const mara = done.find(({ fileName }) => fileName === 'mara.gab');
    expect(mara).toMatchObject({ version: 1, sentBytes: mara?.streamBytes, doneBytes: mara?.totalBytes });
    expect(done.find(({ fileName }) => fileName === 'next.gab')?.version).toBe(2);
  });

  it('pauses all uploads, and cancels paused ones', async () => {
    const { proxy, app, projectUuid } = await setting();
    proxy.bytesPerSecond = 300_000;
    const files = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => fileOf(Buffer.alloc(1_000_000, name), `${name}.gab`)),
    );
    await drop(app, projectUuid, files);
    await confirmAll(app, projectUuid);
    await until(async () => mustBe(await app.transfers.list()).some(({ state }) => state === 'sending'));
    await app.transfers.pauseAll();
    const [first] = await transfersIn(app, 'paused');
    await app.transfers.cancel({ id: first?.id ?? '' });
    await transfersIn(app, 'paused', 'cancelled');
    proxy.bytesPerSecond = null;
    await app.transfers.resumeAll();
    const ended = await transfersIn(app, 'done', 'cancelled');
    expect(ended.filter(({ state }) => state === 'done')).toHaveLength(4);
  });
});

describe('an upload', () => {
  it('reports how many bytes had to be sent', async () => {
    const { app, projectUuid } = await setting();
    const version = (text: string) => buildBundle({ id: ID, sizeBytes: FILE_BYTES, description: text });
    await drop(app, projectUuid, [await fileOf(version('one'))]);
    await confirmAll(app, projectUuid);
    await transfersIn(app, 'done');
    await drop(app, projectUuid, [await fileOf(version('two'))]);
    await confirmAll(app, projectUuid);
    const [second] = await transfersIn(app, 'done');
    expect(second?.version).toBe(2);
    expect(second?.sentBytes).toBe(second?.streamBytes);
    expect(second?.sentBytes).toBeLessThan(FILE_BYTES);
  });

  it('activates the existing version, as requested, if the project got the same bytes in the meantime', async () => {
    const { server, app, projectUuid } = await setting();
    const bytes = buildBundle({ id: ID });
    await drop(app, projectUuid, [await fileOf(bytes)]);
    const twin = await server
      .client(server.people.dana.token)
      .mustUpload(projectUuid, { bytes, fields: { activate: 'false' } });
    await confirmAll(app, projectUuid);
    const [done] = await transfersIn(app, 'done');
    expect(done).toMatchObject({ versionUuid: twin.uuid, sentBytes: 0, streamBytes: 0 });
    await until(async () => {
      const projects = await server.database.pool.query(
        'select a.uuid from avatars a join projects p on a.project_id = p.id where p.uuid = $1 and a.is_active',
        [projectUuid],
      );
      return projects.rows[0]?.uuid === twin.uuid;
    });
  });
});

describe('the limit of uploads', () => {
  it('is kept, and applies at once to running uploads', async () => {
    const { app, projectUuid } = await setting();
    const limit = 150_000;
    const settings = { ...(await app.settings.get()), uploadLimitBytesPerSecond: limit };
    expect(await app.settings.set(settings)).toEqual(settings);
    await drop(app, projectUuid, [await fileOf(Buffer.alloc(3_000_000, 'x'))]);
    await confirmAll(app, projectUuid);
    const sentAt = (sentBytes: number) =>
      until(async () => {
        const sent = mustBe(await app.transfers.list())[0]?.sentBytes ?? 0;
        return sent >= sentBytes && { sent, atMs: performance.now() };
      });
    const [begun, later] = [await sentAt(100_000), await sentAt(700_000)];
    await app.settings.set({ ...settings, uploadLimitBytesPerSecond: null });
    await transfersIn(app, 'done');
    const limitedSpeed = (later.sent - begun.sent) / (later.atMs - begun.atMs);
    const freeSpeed = (3_000_000 - later.sent) / (performance.now() - later.atMs);
    // Receipts are a quarter of a second apart, and a busy machine is slow without a limit, too.
    expect(limitedSpeed * 1000).toBeLessThan(1.2 * limit);
    expect(freeSpeed).toBeGreaterThan(2 * limitedSpeed);
    expect(app.payloads('settings.changed')).toHaveLength(2);
  });
});

describe('a download that was cut', () => {
  async function withDownload(sizeBytes = FILE_BYTES) {
    const all = await setting();
    const bytes = Buffer.alloc(sizeBytes, 'some content of no bundle ');
    const stored = await all.server
      .client(all.server.people.dana.token)
      .mustUpload(all.projectUuid, { bytes, fileName: 'mara.gab' });
    mustBe(await all.app.library.refresh());
    const partial = async () => {
      const [name = ''] = await readdir(all.machine.downloadsDir);
      return join(all.machine.downloadsDir, name);
    };
    const halfWay = async () => {
      all.proxy.answersLeft = FILE_BYTES / 2;
      const { id } = mustBe(await all.app.downloads.start({ versionUuid: stored.uuid }));
      await until(async () => (mustBe(await all.app.transfers.list())[0]?.doneBytes ?? 0) > 200_000);
      await all.app.transfers.pause({ id });
      await transfersIn(all.app, 'paused');
      all.proxy.answersLeft = null;
      return id;
    };
    return { ...all, bytes, stored, partial, halfWay };
  }

  it('resumes where it stopped after a pause and a restart', async () => {
    const { app, again, machine, bytes, halfWay, partial } = await withDownload();
    const id = await halfWay();
    const there = (await readFile(await partial())).byteLength;
    expect(there).toBeGreaterThan(200_000);
    await app.stop();
    const later = await again();
    expect(await readdir(machine.downloadsDir)).toHaveLength(1);
    await later.transfers.resume({ id });
    const [done] = await transfersIn(later, 'done');
    expect(done?.savedPath).toBe(join(machine.downloadsDir, 'mara.gab'));
    expect(bytes.equals(await readFile(done?.savedPath ?? ''))).toBe(true);
    expect(await readdir(machine.downloadsDir)).toEqual(['mara.gab']);
  });

  it('starts from scratch if the partial file is longer than the file or not a part of it', async () => {
    const { app, bytes, halfWay, partial } = await withDownload();
    const id = await halfWay();
    await truncate(await partial(), FILE_BYTES + 5);
    await app.transfers.resume({ id });
    const [done] = await transfersIn(app, 'done');
    expect(bytes.equals(await readFile(done?.savedPath ?? ''))).toBe(true);
  });

  it('is refused if the partial file had other bytes', async () => {
    const { app, bytes, halfWay, partial } = await withDownload();
    const id = await halfWay();
    await writeFile(await partial(), Buffer.alloc(100_000, 'z'));
    await app.transfers.resume({ id });
    await until(async () => mustBe(await app.transfers.list())[0]?.failure?.code === 'download_damaged');
    await app.transfers.retry({ id });
    const [done] = await transfersIn(app, 'done');
    expect(bytes.equals(await readFile(done?.savedPath ?? ''))).toBe(true);
  });

  it('leaves no partial file when it is cancelled or abandoned', async () => {
    const { app, again, machine, halfWay, partial } = await withDownload();
    const id = await halfWay();
    const orphan = (await partial()).replace(id, 'of-no-row');
    await writeFile(orphan, 'x');
    await writeFile(join(machine.downloadsDir, '.gabinet-another-one.part'), 'x');
    await app.transfers.cancel({ id });
    await until(async () => (await readdir(machine.downloadsDir)).length === 2);
    await app.stop();
    await again();
    expect(await readdir(machine.downloadsDir)).toEqual(['.gabinet-another-one.part']);
  });
});

describe('uploads that do not fit a quota', () => {
  it('are refused with the reason before they are sent, and continue when the quota is raised', async () => {
    const { server, app, projectUuid } = await setting();
    const mira = server.client(server.people.mira.token);
    const setQuota = (quotaBytes: number | null) =>
      mira.send('PUT', `/api/customer/projects/${projectUuid}/quota`, { body: { quota_bytes: quotaBytes } });
    await setQuota(10_000);
    const names = ['one.gab', 'two.gab', 'three.gab'];
    const files = names.map((name) => fileOf(buildBundle({ sizeBytes: 50_000, name }), name));
    await drop(app, projectUuid, await Promise.all(files));
    await confirmAll(app, projectUuid);
    const refused = await transfersIn(app, 'refused');
    expect(refused).toHaveLength(3);
    for (const { failure, sentBytes, canRetry } of refused) {
      expect(failure).toMatchObject({ code: 'quota_exceeded', quota: { scope: 'project', quota_bytes: 10_000 } });
      expect({ sentBytes, canRetry }).toEqual({ sentBytes: 0, canRetry: true });
    }
    expect(mustBe(await app.projects.storage({ projectUuid })).project).toEqual({ usedBytes: 0, quotaBytes: 10_000 });
    await setQuota(null);
    await transfersIn(app, 'done');
    expect(mustBe(await app.projects.storage({ projectUuid })).project.usedBytes).toBe(150_000);
  });
});
