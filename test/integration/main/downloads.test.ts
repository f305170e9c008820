import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { readFixture } from '../../support/api-client.ts';
import { mustBe, newMachine, signIn, startApplication, transfersIn } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';

const ODD_NAME = 'Zoë "白い".gab';

async function withStoredFile() {
  const server = await runningServer();
  const bytes = await readFixture('gab/portrait-2d.gab');
  const dana = server.client(server.people.dana.token);
  const stored = await dana.mustUpload(server.projects.desk.uuid, { bytes, fileName: ODD_NAME });
  const machine = await newMachine();
  const proxy = await startTcpProxy(() => server.url);
  const app = await startApplication(machine, proxy.url);
  await signIn(app, proxy.url, server.people.dana);
  return { server, bytes, stored, machine, proxy, app };
}

describe('downloads', () => {
  it.skipIf(process.platform === 'win32')('saves the uploaded bytes under their original name', async () => {
    const { bytes, stored, machine, app } = await withStoredFile();
    const { id } = mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    const [download] = await transfersIn(app, 'done');
    expect(download).toMatchObject({ id, kind: 'download', fileName: ODD_NAME, totalBytes: bytes.byteLength });
    expect(download?.savedPath).toBe(join(machine.downloadsDir, ODD_NAME));
    expect(await readdir(machine.downloadsDir)).toEqual([ODD_NAME]);
    const saved = await readFile(join(machine.downloadsDir, ODD_NAME));
    expect(sha256Hex(saved)).toBe(stored.sha256);
    await app.downloads.reveal({ id });
    expect(app.revealed).toEqual([download?.savedPath]);
  });

  it('come from this machine without the server, if the project is kept offline', async () => {
    const { server, bytes, stored, machine, app, proxy } = await withStoredFile();
    await app.library.setPinned({ projectUuid: server.projects.desk.uuid, isPinned: true });
    await until(async () => mustBe(await app.library.projects()).some(({ pin }) => pin?.state === 'kept'));
    await proxy.close();
    mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    const [download] = mustBe(await app.transfers.list());
    expect(download).toMatchObject({ state: 'done', doneBytes: bytes.byteLength, canRetry: false });
    expect(sha256Hex(await readFile(download?.savedPath ?? ''))).toBe(stored.sha256);
    expect(await readdir(machine.downloadsDir)).toHaveLength(1);
  });

  it('never overwrite a file', async () => {
    const { stored, machine, app } = await withStoredFile();
    await mkdir(machine.downloadsDir, { recursive: true });
    await writeFile(join(machine.downloadsDir, ODD_NAME), 'mine');
    for (let i = 0; i < 2; i += 1) mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    await transfersIn(app, 'done');
    const names = (await readdir(machine.downloadsDir)).sort();
    expect(names).toEqual(['Zoë "白い" (2).gab', 'Zoë "白い" (3).gab', ODD_NAME].sort());
    expect(await readFile(join(machine.downloadsDir, ODD_NAME), 'utf8')).toBe('mine');
  });

  it('leave no incomplete file when the connection is cut, and continue when it is back', async () => {
    const { stored, machine, app, proxy } = await withStoredFile();
    proxy.onAnswer = (bytes) =>
      bytes.includes('application/octet-stream') || bytes.includes('generative-avatar-bundle');
    mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    const [failed] = await transfersIn(app, 'failed');
    expect(failed).toMatchObject({ canRetry: true, failure: { code: 'offline' } });
    expect(await readdir(machine.downloadsDir)).toEqual([]);
    proxy.onAnswer = null;
    await app.transfers.retry({ id: failed?.id ?? '' });
    await transfersIn(app, 'done');
  });

  it('refuse bytes that are not those of the upload', async () => {
    const { server, stored, machine, app } = await withStoredFile();
    const [blob] = (await readdir(server.dataDir, { recursive: true })).filter((name) =>
      name.endsWith(`${stored.uuid}.gab`),
    );
    await writeFile(join(server.dataDir, blob ?? ''), Buffer.alloc(stored.file_size, 7));
    mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    const [failed] = await transfersIn(app, 'failed');
    expect(failed?.failure?.code).toBe('download_damaged');
    expect(await readdir(machine.downloadsDir)).toEqual([]);
  });

  it('fail with a reason if the downloads folder cannot be used', async () => {
    const { stored, machine, app } = await withStoredFile();
    await writeFile(machine.downloadsDir, 'a file where the folder should be');
    mustBe(await app.downloads.start({ versionUuid: stored.uuid }));
    const [refused] = await transfersIn(app, 'refused');
    expect(refused).toMatchObject({ canRetry: true, failure: { code: 'file_unusable' } });
  });

  it('fail for versions that are not in the library', async () => {
    const { server, app } = await withStoredFile();
    const bo = server.client(server.people.bo.token);
    const foreign = await bo.mustUpload(server.projects.reception.uuid, {
      bytes: await readFixture('gab/minimal.gab'),
    });
    const outcome = await app.downloads.start({ versionUuid: foreign.uuid });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'version_gone' } });
  });
});
