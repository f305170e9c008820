import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Application } from '../../../main/application.ts';
import { composeApplication } from '../../../main/compose.ts';
import { migrationsDir } from '../../support/local-database.ts';
import { memorySecrets } from '../../support/memory-secrets.ts';
import { silentLog } from '../../support/silent-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const compose = (folder: string): Promise<Application> =>
  composeApplication({
    userDataDir: join(folder, 'data'),
    downloadsDir: join(folder, 'downloads'),
    defaultServerUrl: 'http://127.0.0.1:1',
    secrets: memorySecrets(),
    fileWorkerUrl: new URL('../../../main/files/file-worker.ts', import.meta.url),
    migrationsDir,
    pollIntervalMs: 3_600_000,
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

test.skipIf(process.platform === 'win32')('a user data folder that others may read is closed', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'data'), { mode: 0o755 });
  const application = await compose(folder);
  onTestFinished(() => application.stop());
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
});
