import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localBlobStore } from '../../../server/blobs/local-blob-store.ts';
import { makeBackup } from '../../../server/features/backup/make-backup.ts';
import { restoreBackup } from '../../../server/features/backup/restore-backup.ts';
import { readInstallation } from '../../../server/installation/installation-id.ts';
import { createDatabase, runAdmin } from '../../support/template-database.ts';
import type { Lane } from './lane.ts';
import { fullDiskLeft, installFullDisk, setFullDisk } from './postgres-full.ts';
import type { Run } from './run-schedule.ts';

const REFUSAL = /does not belong|belongs to/;

/**
 * The server is started with an empty database on the data folder of this run, which it must
 * refuse.
 */
export async function startWithWrongDatabase({ lane, book }: Run): Promise<string> {
  const { server, postgresUrl } = lane;
  await server.stop();
  const other = await createDatabase(postgresUrl);
  try {
    const refusal = await server.refusal(other.url);
    if (refusal === null) book.found('a server started with a database that does not belong to its data folder');
    else if (!REFUSAL.test(refusal)) book.found(`a server ended without the reason:\n${refusal}`);
  } finally {
    await other.drop();
  }
  book.countStruck('server: wrong database', 1);
  await server.start();
  return 'refused';
}

/** Makes a backup, empties database and data folder, restores it, and starts the server on that. */
export async function moveToBackup({ lane, book }: Run): Promise<string> {
  const folder = join(lane.folder, `backup-${randomUUID()}`);
  const onProgress = () => undefined;
  await lane.server.stop();
  const left = await fullDiskLeft(lane.sql);
  const { lost } = await makeBackup(await sourceOf(lane), { folder, onProgress });
  if (lost.length > 0) book.found(`the backup lacks ${lost.join(', ')}`);
  await empty(lane);
  await restoreBackup(targetOf(lane), { folder, name: null, allowsLost: true, onProgress });
  await installFullDisk(lane.sql);
  await setFullDisk(lane.sql, left);
  await rm(folder, { recursive: true });
  book.countStruck('server: restored backup', 1);
  await lane.server.start();
  return 'restored';
}

const targetOf = ({ databaseUrl, dataDir }: Lane) => ({ databaseUrl, blobs: localBlobStore(join(dataDir, 'uploads')) });

async function sourceOf(lane: Lane) {
  const row = await readInstallation(lane.database);
  if (row === null) throw new Error('the database has no installation id');
  return { ...targetOf(lane), dataDir: lane.dataDir, installation: row.uuid, version: '0.0.0' };
}

async function empty({ postgresUrl, databaseName, dataDir }: Lane): Promise<void> {
  await runAdmin(postgresUrl, `drop database ${databaseName} with (force)`, `create database ${databaseName}`);
  await rm(join(dataDir, 'uploads'), { recursive: true });
}
