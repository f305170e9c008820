import { spawnSync } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Application } from '../../../main/application.ts';
import { composeApplication } from '../../../main/compose.ts';
import { UserFolderError } from '../../../main/platform/user-folder-error.ts';
import { type AccountInfo, openSettings } from '../../../main/session/settings.ts';
import { writeSignIn } from '../../../main/session/stored-secrets.ts';
import { channels } from '../../../shared/contract/bridge.ts';
import { migrationsDir } from '../../support/local-database.ts';
import { memorySecrets } from '../../support/memory-secrets.ts';
import { silentLog } from '../../support/silent-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { nextUuid } from '../../support/views.ts';

const compose = (folder: string, secrets = memorySecrets()): Promise<Application> =>
  composeApplication({
    userDataDir: join(folder, 'data'),
    downloadsDir: join(folder, 'downloads'),
    defaultServerUrl: 'http://127.0.0.1:1',
    secrets,
    fileWorkerUrl: new URL('../../../main/files/file-worker.ts', import.meta.url),
    migrationsDir,
    pollIntervalMs: 3_600_000,
    version: '0.0.0-test',
    shell: 'browser',
    logPlace: { path: null, systemCode: 'ENOENT' },
    revealInFileManager: () => undefined,
    log: silentLog,
  });

// Both shells compose the application, so this holds between them, too.
test('a user data folder belongs to one application until it has stopped', async () => {
  const folder = await tempFolder();
  const first = await compose(folder);
  await expect(compose(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  await first.stop();
  const second = await compose(folder);
  await second.stop();
});

const account: AccountInfo = {
  serverUrl: 'http://127.0.0.1:1',
  uuid: nextUuid(),
  email: 'dana@aurora.example',
  name: 'Dana',
  isAdmin: false,
  memberships: [],
  mustSetUpSecondFactor: false,
  gabPolicy: 'lenient',
};

/** A computer on which somebody has signed in, so that the start opens a library. */
async function composeSignedIn(folder: string): Promise<Application> {
  const secrets = memorySecrets();
  await writeSignIn(secrets, account, { token: 'token', deviceToken: 'device' });
  await mkdir(join(folder, 'data'));
  await (await openSettings(join(folder, 'data', 'settings.json'))).change({ account });
  return compose(folder, secrets);
}

const whoIsSignedIn = async (application: Application) =>
  channels['session.get'].output.parse(await application.invoke('session.get', undefined)).user?.name;

test('an application that is stopped while it starts closes what the start has opened', async () => {
  const application = await composeSignedIn(await tempFolder());
  const opened: unknown[] = [];
  application.onEvent((event) => opened.push(event));
  const starting = application.start();
  await application.stop();
  expect(opened).toContain('session.changed');
  expect(await whoIsSignedIn(application)).toBeUndefined();
  await starting;
});

test('an application that was stopped does not start', async () => {
  const application = await composeSignedIn(await tempFolder());
  await application.stop();
  await application.start();
  expect(await whoIsSignedIn(application)).toBeUndefined();
});

test('an application whose start failed while it was being stopped has stopped', async () => {
  const folder = await tempFolder();
  const application = await compose(folder);
  await rm(join(folder, 'data', 'received'), { recursive: true });
  const starting = expect(application.start()).rejects.toThrow(UserFolderError);
  await application.stop();
  await starting;
  await (await compose(folder)).stop();
});

test.skipIf(process.platform === 'win32')('a user data folder that others may read is closed', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'data'), { mode: 0o755 });
  const application = await compose(folder);
  onTestFinished(() => application.stop());
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
});

test('a file where the user data folder should be is named, with what to do', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'data'), 'a file');
  await expect(compose(folder)).rejects.toThrow(UserFolderError);
  await expect(compose(folder)).rejects.toThrow(
    `Gabinet keeps its data in ${join(folder, 'data')}, but a file is where a folder should be (ENOTDIR). Move`,
  );
});

test('a file where a folder inside it should be is named, and gives the folder back', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'received'), 'a file');
  await expect(compose(folder)).rejects.toThrow('a file is where a folder should be (EEXIST)');
  await rm(join(folder, 'data', 'received'));
  const application = await compose(folder);
  await application.stop();
});

/** Whether this account may mount: only then a disk can be read-only for root, too. */
function mountReadOnly(folder: string): boolean {
  const mounted = spawnSync('mount', ['--bind', folder, folder]);
  if (mounted.status !== 0) return false;
  onTestFinished(() => void spawnSync('umount', [folder]));
  return spawnSync('mount', ['-o', 'remount,bind,ro', folder]).status === 0;
}

test('a user data folder on a read-only disk is named, with what to do', async (context) => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'data'));
  context.skip(!mountReadOnly(folder), 'only an account that may mount');
  await expect(compose(folder)).rejects.toThrow(
    `Gabinet keeps its data in ${join(folder, 'data')}, but the disk is read-only (EROFS). Unlock the disk`,
  );
});
