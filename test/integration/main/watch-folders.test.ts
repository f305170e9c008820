import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  confirmAll,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { type BundleOptions, buildBundle } from '../../support/bundle-builder.ts';
import { runningServer } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { NO_VERSION } from '../../support/uuids.ts';

const ID = '7d0f4bd0-7f0b-4d7b-9f0e-3f1b6a0c1d2e';
const bundle = (more: BundleOptions = {}) => buildBundle({ id: ID, name: 'Mara', ...more });
const stranger = (name: string) => buildBundle({ id: randomUUID(), name });

/** Soon enough for a test, long enough for a busy machine's events to come in order. */
const watchTimes = { stableMs: 150, stuckMs: 1500, checkMs: 100, listMs: 500 };

interface Setting {
  readonly server: TestServer;
  readonly app: RunningApplication;
  readonly folder: string;
  readonly projectUuid: string;
  readonly proxy: Awaited<ReturnType<typeof startTcpProxy>>;
  readonly again: () => Promise<RunningApplication>;
}

/** Dana with a watched folder. */
async function setting(mode: 'offer' | 'upload'): Promise<Setting> {
  const server = await runningServer();
  const proxy = await startTcpProxy(() => server.url);
  const machine = { ...(await newMachine()), watchTimes };
  const again = () => startApplication(machine, proxy.url);
  const app = await again();
  await signIn(app, proxy.url, server.people.dana);
  const folder = await tempFolder();
  const projectUuid = server.projects.desk.uuid;
  mustBe(await app.watchFolders.set({ projectUuid, handle: await app.chooseFolder(folder), mode }));
  await until(async () => mustBe(await app.watchFolders.list())[0]?.state === 'watching');
  return { server, app, folder, projectUuid, proxy, again };
}

/** All uploads that there are, once so many are done. */
function doneUploads(app: RunningApplication, count: number) {
  return until(async () => {
    const transfers = mustBe(await app.transfers.list());
    const states = transfers.map(({ state, failure, fileName }) => `${fileName} ${state} ${failure?.code ?? ''}`);
    const isDone = transfers.length === count && transfers.every(({ state }) => state === 'done');
    if (!isDone) throw new Error(`${count} expected, there are ${states.join(', ')}; ${app.logged.join('\n')}`);
    return transfers;
  });
}

async function versionsOf(app: RunningApplication, projectUuid: string) {
  const avatars = mustBe(await app.library.avatars({ projectUuid }));
  return avatars.map(({ name, versions }) => ({
    name,
    versions: versions.map(({ version }) => version).sort((a, b) => a - b),
  }));
}

describe('a watch folder that uploads', () => {
  it('sends each saved file as the next version, and the same bytes only once', async () => {
    const { app, folder, projectUuid, again } = await setting('upload');
    const path = join(folder, 'mara.gab');
    await writeFile(path, bundle());
    await doneUploads(app, 1);
    // As careful tools save: beside it, then over it.
    await writeFile(join(folder, '.mara.gab.tmp'), bundle({ version: '1.1.0' }));
    await rename(join(folder, '.mara.gab.tmp'), path);
    await doneUploads(app, 2);
    await utimes(path, new Date(), new Date(Date.now() - 60_000));
    await rm(path);
    await writeFile(join(folder, 'renamed.gab'), bundle({ version: '1.1.0' }));
    await writeFile(join(folder, 'other.gab'), stranger('Other'));
    await doneUploads(app, 3);
    expect(await versionsOf(app, projectUuid)).toEqual(
      expect.arrayContaining([
        { name: 'Mara', versions: [1, 2] },
        { name: 'Other', versions: [1] },
      ]),
    );
    await app.stop();
    const later = await again();
    await writeFile(join(folder, 'last.gab'), stranger('Last'));
    const transfers = await doneUploads(later, 4);
    expect(transfers.map(({ avatarName }) => avatarName)).toEqual(['Last', 'Other', 'Mara', 'Mara']);
  });

  it('waits until a file is complete, and logs a file that never is', async () => {
    const { app, folder } = await setting('upload');
    const bytes = bundle({ sizeBytes: 400_000 });
    const path = join(folder, 'slow.gab');
    await writeFile(path, bytes.subarray(0, 200_000));
    await until(() =>
      app.logged.some((line) => line.includes('is incomplete and no longer changes') && line.includes('slow.gab')),
    );
    expect(mustBe(await app.transfers.list())).toEqual([]);
    await appendFile(path, bytes.subarray(200_000));
    await doneUploads(app, 1);
  });

  it('ignores links, subfolders and unfinished files', async () => {
    const { app, folder } = await setting('upload');
    const elsewhere = await tempFolder();
    await writeFile(join(elsewhere, 'secret.gab'), stranger('Secret'));
    await symlink(join(elsewhere, 'secret.gab'), join(folder, 'link.gab'));
    await mkdir(join(folder, 'sub.gab'));
    await writeFile(join(folder, 'sub.gab', 'deep.gab'), stranger('Deep'));
    await writeFile(join(folder, '.hidden.gab'), stranger('Hidden'));
    await writeFile(join(folder, 'notes.txt'), 'x');
    await writeFile(join(folder, 'mara.gab'), bundle());
    const transfers = await doneUploads(app, 1);
    expect(transfers.map(({ fileName }) => fileName)).toEqual(['mara.gab']);
  });

  it('activates only a new version of the active avatar that breaks nothing', async () => {
    const { app, folder, projectUuid } = await setting('upload');
    const live = async () =>
      mustBe(await app.library.projects()).find(({ uuid }) => uuid === projectUuid)?.active ?? null;
    await writeFile(join(folder, 'mara.gab'), bundle());
    const [first] = await doneUploads(app, 1);
    expect(await live()).toBeNull();
    await app.library.activate({
      projectUuid,
      versionUuid: first?.versionUuid ?? NO_VERSION,
      expectedActiveUuid: null,
    });
    await until(async () => mustBe(await app.operations.list()).length === 0);
    await until(async () => {
      const compared = await app.comparison.compare({
        from: { kind: 'version', versionUuid: first?.versionUuid ?? NO_VERSION },
        to: { kind: 'version', versionUuid: first?.versionUuid ?? NO_VERSION },
      });
      return compared.ok;
    });
    await writeFile(join(folder, 'mara.gab'), bundle({ description: 'The same, with a note' }));
    await doneUploads(app, 2);
    await until(async () => (await live())?.version === 2);
    await writeFile(join(folder, 'bea.gab'), stranger('Bea'));
    await doneUploads(app, 3);
    await until(async () => mustBe(await app.operations.list()).length === 0);
    expect(await live()).toMatchObject({ name: 'Mara', version: 2 });
  });

  it('shows a file that cannot be sent, with the reason', async () => {
    const { app, folder, projectUuid } = await setting('upload');
    await writeFile(join(folder, 'broken.gab'), buildBundle({ manifest: { body: { type: 'nothing' } } }));
    const [shown] = await until(async () => {
      const staged = mustBe(await app.uploads.staged({ projectUuid }));
      return staged.some(({ state }) => state === 'refused') && staged;
    });
    expect(shown).toMatchObject({ fileName: 'broken.gab', verdict: 'invalid' });
    expect(mustBe(await app.transfers.list())).toEqual([]);
  });

  it('sends files after a restart that the server had not stored before', async () => {
    const { app, folder, projectUuid, proxy, again } = await setting('upload');
    proxy.bytesPerSecond = 50_000;
    await writeFile(join(folder, 'mara.gab'), bundle({ sizeBytes: 1_000_000 }));
    await until(async () => mustBe(await app.transfers.list()).some(({ state }) => state === 'sending'));
    await app.stop();
    proxy.bytesPerSecond = null;
    const later = await again();
    await doneUploads(later, 1);
    expect(await versionsOf(later, projectUuid)).toEqual([{ name: 'Mara', versions: [1] }]);
  });
});

describe('a watch folder that offers', () => {
  it('stages files, replaces them when they are saved again, and stages them until somebody decides', async () => {
    const { app, folder, projectUuid, again } = await setting('offer');
    const offered = (from: RunningApplication, sha256?: string) =>
      until(async () => {
        const staged = mustBe(await from.uploads.staged({ projectUuid }));
        return staged.length === 1 && staged[0]?.state === 'ready' && staged[0].sha256 !== sha256 && staged[0];
      });
    await writeFile(join(folder, 'mara.gab'), bundle());
    const first = await offered(app);
    await writeFile(join(folder, 'mara.gab'), bundle({ description: 'Better' }));
    await offered(app, first.sha256 ?? '');
    await app.stop();
    const later = await again();
    await offered(later);
    await confirmAll(later, projectUuid);
    await doneUploads(later, 1);
    await later.stop();
    const last = await again();
    await until(async () => mustBe(await last.watchFolders.list())[0]?.state === 'watching');
    await writeFile(join(folder, 'bea.gab'), stranger('Bea'));
    expect((await offered(last)).fileName).toBe('bea.gab');
  });

  it('continues automatically when the folder is back', async () => {
    const { app, folder, projectUuid } = await setting('offer');
    await rename(folder, `${folder}-away`);
    const [gone] = await until(async () => {
      const folders = mustBe(await app.watchFolders.list());
      return folders[0]?.state === 'failed' && folders;
    });
    expect(gone?.failure?.code).toBe('folder_gone');
    await writeFile(join(`${folder}-away`, 'mara.gab'), bundle());
    await rename(`${folder}-away`, folder);
    await until(async () => mustBe(await app.uploads.staged({ projectUuid })).length === 1);
    expect(mustBe(await app.watchFolders.list())[0]).toMatchObject({ state: 'watching', failure: null });
  });

  it('is only one that a person has chosen: the page cannot name a path or invent a handle', async () => {
    const { server, app, folder, projectUuid } = await setting('offer');
    const { kiosk } = server.projects;
    const notChosen = { ok: false, failure: { code: 'folder_not_chosen' } };
    expect(await app.watchFolders.set({ projectUuid, handle: randomUUID(), mode: 'upload' })).toEqual(notChosen);
    expect(await app.watchFolders.set({ projectUuid: kiosk.uuid, handle: null, mode: 'upload' })).toEqual(notChosen);
    const byPath = app.application.invoke('watchFolders.set', { projectUuid, path: '/etc', mode: 'upload' });
    await expect(byPath).rejects.toThrow('Bad input');
    expect(await app.watchFolders.type({ path: '/etc' })).toEqual(notChosen);
    expect(mustBe(await app.watchFolders.set({ projectUuid, handle: null, mode: 'upload' }))).toMatchObject({
      path: folder,
      mode: 'upload',
    });
  });

  it('belongs to one project and one account', async () => {
    const { server, app, folder, projectUuid, proxy } = await setting('offer');
    const { kiosk } = server.projects;
    const handle = await app.chooseFolder(folder);
    const taken = await app.watchFolders.set({ projectUuid: kiosk.uuid, handle, mode: 'offer' });
    expect(taken).toMatchObject({ ok: false, failure: { code: 'folder_taken' } });
    const nothing = await app.chooseFolder(join(folder, 'nothing'));
    const missing = await app.watchFolders.set({ projectUuid, handle: nothing, mode: 'offer' });
    expect(missing).toMatchObject({ ok: false, failure: { code: 'not_a_folder' } });
    await app.session.signOut();
    await signIn(app, proxy.url, server.people.viktor);
    expect(mustBe(await app.watchFolders.list())).toEqual([]);
    const viewer = await app.watchFolders.set({ projectUuid, handle, mode: 'upload' });
    expect(viewer).toMatchObject({ ok: false, failure: { code: 'read_only' } });
    await app.session.signOut();
    await signIn(app, proxy.url, server.people.dana);
    expect(mustBe(await app.watchFolders.list())).toMatchObject([{ projectUuid, path: folder, mode: 'offer' }]);
    await app.watchFolders.remove({ projectUuid });
    expect(mustBe(await app.watchFolders.list())).toEqual([]);
  });
});
