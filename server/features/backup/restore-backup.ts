import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Client } from 'pg';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { isEarlierSchema, migrateToSchema, ownSchemaVersion, readSchemaVersion } from '../../db/applied-migrations.ts';
import { copyIn } from '../../db/copy.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { hasFiles } from '../../installation/claim-installation.ts';
import { writeFolderId } from '../../installation/installation-id.ts';
import { findBackup, pooledPath, tablePath } from './backup-folder.ts';
import { BackupRefusedError } from './backup-refused.ts';
import { LEFT_OUT, listLoggedTables, tableWithColumns } from './backup-tables.ts';
import { forEachParallel } from './hash-stream.ts';
import { type BackupManifest, readManifest } from './manifest.ts';
import { type VerifiedBackup, verifyBackup } from './verify-backup.ts';

/**
 * Tables with what people made. They stay empty in a server that was only started once; its audit
 * then contains the setup link, and sign-ins that could not succeed.
 */
const PEOPLES_TABLES = ['customers', 'users', 'avatars'] as const;
const REPORT_FILES = 1000;

export interface RestoreTarget {
  /** A database that exists. */
  readonly databaseUrl: string;
  readonly blobs: BlobStore;
}

export interface RestoreJob {
  /** Absolute path. */
  readonly folder: string;
  /** By default the newest backup. */
  readonly name: string | null;
  /** Restores a backup that lacks files because they were lost before it was made. */
  readonly allowsLost: boolean;
  readonly onProgress: (text: string) => void;
}

/**
 * Restores a backup into an empty database and an empty data folder, and migrates them to the
 * schema of this program. All sessions, links and open uploads have ended then, and readers of the
 * change feed start from the beginning. Throws `BackupRefusedError` if the backup is damaged or
 * newer than this program, or if the target is not empty; nothing was changed then. After any other
 * error the target is incomplete, and no server starts on it.
 */
export async function restoreBackup(target: RestoreTarget, job: RestoreJob): Promise<VerifiedBackup> {
  // What is quick to see first: reading a large backup takes minutes.
  const manifest = await readManifest(await findBackup(job.folder, job.name));
  await refuseNewerSchema(manifest);
  const client = new Client({ connectionString: target.databaseUrl, application_name: 'gabinet-restore' });
  // The next query rejects.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseUsedTarget(client, target, manifest);
    const backup = await verifyBackup(job.folder, job.name);
    job.onProgress(`The backup is whole: ${manifest.versions} versions, ${backup.files.length} files`);
    if (backup.lost.length > 0 && !job.allowsLost) throw new BackupRefusedError(lostText(backup));
    const id = randomUUID();
    // A folder with an id that no database has: no server starts on it until all is there.
    await writeFolderId(target, id);
    await restoreFiles(target, backup, job);
    await migrateToSchema(client, backup.manifest.schema);
    await restoreRows(client, backup, job);
    await migrateDatabase(target.databaseUrl);
    await client.query('delete from installation');
    await client.query('insert into installation (uuid, paired_at, history) values ($1, now(), $2)', [
      id,
      randomUUID(),
    ]);
    return backup;
  } finally {
    await client.end();
  }
}

const lostText = ({ lost }: VerifiedBackup): string =>
  `When the backup was made, ${lost.length} files were missing or damaged already, such as ${lost[0]?.key}. ` +
  'Nothing was restored. To restore all others, add --without-lost.';

async function refuseNewerSchema({ schema, version }: BackupManifest): Promise<void> {
  if (isEarlierSchema(schema, await ownSchemaVersion())) return;
  throw new BackupRefusedError(
    `The backup was made by a newer version of Gabinet (${version}). Restore it with that version.`,
  );
}

async function refuseUsedTarget(client: Client, { blobs }: RestoreTarget, { schema }: BackupManifest): Promise<void> {
  const { rows } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and application_name = 'gabinet-server'",
  );
  if (rows.length > 0) throw new BackupRefusedError('A server is using the database. Stop it first.');
  if (await hasFiles(blobs)) {
    throw new BackupRefusedError('The data folder has files. Restore into an empty one. Nothing was changed.');
  }
  for (const table of PEOPLES_TABLES) {
    if (await hasRows(client, table)) {
      throw new BackupRefusedError('The database has data. Restore into an empty one. Nothing was changed.');
    }
  }
  if (!isEarlierSchema(await readSchemaVersion(client), schema)) {
    throw new BackupRefusedError(
      'The database has a newer schema than the backup. Restore into a new, empty database. Nothing was changed.',
    );
  }
}

async function hasRows(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query('select to_regclass($1) is not null as there', [`public.${table}`]);
  if (!rows[0].there) return false;
  return (await client.query(`select 1 from public.${client.escapeIdentifier(table)} limit 1`)).rows.length > 0;
}

async function restoreFiles(
  { blobs }: RestoreTarget,
  { files }: VerifiedBackup,
  { folder, onProgress }: RestoreJob,
): Promise<void> {
  let done = 0;
  await forEachParallel(files, async ({ key, sha256 }) => {
    await blobs.putCopy(key, pooledPath(folder, sha256));
    done += 1;
    if (done % REPORT_FILES === 0) onProgress(`Restored ${done} of ${files.length} files`);
  });
}

/** All rows in one transaction. */
async function restoreRows(client: Client, { path, manifest }: VerifiedBackup, job: RestoreJob): Promise<void> {
  await client.query('begin');
  // Rows that a server has created on its first start.
  const names = [...manifest.tables.map(({ name }) => name), ...Object.keys(LEFT_OUT)];
  for (const { name } of (await listLoggedTables(client)).toReversed()) {
    if (names.includes(name)) await client.query(`delete from public.${client.escapeIdentifier(name)}`);
  }
  for (const table of manifest.tables) {
    const source = createReadStream(tablePath(path, table.name));
    const rows = await copyIn(client, `copy ${tableWithColumns(client, table)} from stdin`, source);
    if (rows !== table.rows) throw new Error(`${table.name} has ${rows} rows instead of ${table.rows}`);
  }
  for (const { table, column, value } of manifest.sequences) {
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [`public."${table}"`, column, value]);
  }
  await client.query('commit');
  job.onProgress(`Restored ${manifest.tables.length} tables`);
}
