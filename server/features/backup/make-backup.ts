import { Readable } from 'node:stream';
import type { Client } from 'pg';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { advisoryLocks } from '../../db/advisory-locks.ts';
import { readSchemaVersion } from '../../db/applied-migrations.ts';
import { copyOut } from '../../db/copy.ts';
import { withSessionLock } from '../../db/session-lock.ts';
import { fileListPath, prepareFolder, startBackup, tablePath } from './backup-folder.ts';
import { type BackupTable, listTables, readSequences, tableWithColumns } from './backup-tables.ts';
import { copyFiles } from './copy-files.ts';
import { writeDigested } from './hash-stream.ts';
import { BACKUP_FORMAT, type BackupManifest, type FileOfRow, writeManifest } from './manifest.ts';
import { readStoredFiles } from './stored-files.ts';

export interface BackupSource {
  readonly databaseUrl: string;
  readonly blobs: BlobStore;
  /** Absolute path. */
  readonly dataDir: string;
  /** The id of the installation. */
  readonly installation: string;
  /** The version of this program. */
  readonly version: string;
}

export interface BackupJob {
  /** Absolute path. */
  readonly folder: string;
  /** Receives sentences about the progress. */
  readonly onProgress: (text: string) => void;
}

export interface MadeBackup {
  readonly name: string;
  readonly versions: number;
  readonly files: number;
  /** Those that no earlier backup in the folder had. */
  readonly newFiles: number;
  /** Keys of missing and damaged files. */
  readonly lost: readonly string[];
}

/**
 * Adds a backup to a folder: all rows of one moment, and the files that they name. The server may
 * run: what it removes in the meantime it removes afterwards. Files that are missing or damaged do
 * not end the backup; their keys are in `lost`. Throws `BackupRefusedError`, and the errors of
 * database and disk; then the folder has no new backup.
 */
export async function makeBackup(source: BackupSource, { folder, onProgress }: BackupJob): Promise<MadeBackup> {
  await prepareFolder(folder, source);
  onProgress('Waiting until no other backup is being made');
  // Before the snapshot: from here on no job removes a file that its rows name.
  return withSessionLock(source.databaseUrl, advisoryLocks.files, async (client) => {
    const takenAt = new Date();
    const backup = await startBackup(folder, takenAt);
    const { files, ...rows } = await copyRows(client, backup.path, onProgress);
    const list = await writeFileList(backup.path, files);
    const { lost, newFiles } = await copyFiles({ folder, files, blobs: source.blobs, onProgress });
    await writeManifest(backup.path, {
      format: BACKUP_FORMAT,
      version: source.version,
      installation: source.installation,
      takenAt: takenAt.toISOString(),
      ...rows,
      files: { ...list, count: files.length, totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) },
      lost: [...lost],
    });
    // Without the lock the files may be gone that the rows name.
    await client.query('select 1');
    return { name: await backup.finish(), versions: rows.versions, files: files.length, newFiles, lost };
  });
}

type CopiedRows = Pick<BackupManifest, 'schema' | 'tables' | 'sequences' | 'versions'> & {
  readonly files: readonly FileOfRow[];
};

/** Everything from one snapshot. */
async function copyRows(client: Client, path: string, onProgress: BackupJob['onProgress']): Promise<CopiedRows> {
  await client.query('begin isolation level repeatable read read only');
  const tables = await listTables(client);
  const copied: BackupManifest['tables'] = [];
  for (const table of tables) {
    copied.push(await copyTable(client, path, table));
    onProgress(`Copied ${copied.length} of ${tables.length} tables`);
  }
  const { files, versions } = await readStoredFiles(client);
  const schema = [...(await readSchemaVersion(client))];
  const sequences = [...(await readSequences(client, tables))];
  await client.query('commit');
  return { tables: copied, schema, sequences, versions, files };
}

async function copyTable(client: Client, path: string, table: BackupTable): Promise<BackupManifest['tables'][number]> {
  const target = tableWithColumns(client, table);
  const digest = await writeDigested(tablePath(path, table.name), copyOut(client, `copy ${target} to stdout`));
  const { rows } = await client.query(
    `select count(*)::int as rows from public.${client.escapeIdentifier(table.name)}`,
  );
  return { name: table.name, columns: [...table.columns], rows: rows[0].rows, ...digest };
}

function writeFileList(path: string, files: readonly FileOfRow[]) {
  return writeDigested(fileListPath(path), Readable.from(linesOf(files), { objectMode: false }));
}

function* linesOf(files: readonly FileOfRow[]): Iterable<Buffer> {
  for (const file of files) yield Buffer.from(`${JSON.stringify(file)}\n`);
}
