import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { renameDurably, writeFileAtomic } from '../../../node/atomic-file.ts';
import { ifMissing } from '../../../node/error-code.ts';
import { removeFolder } from '../../../node/remove.ts';
import { BackupRefusedError } from './backup-refused.ts';
import { BACKUP_FORMAT } from './manifest.ts';

/** Says that a folder holds backups, and of which installation. */
const MARKER = 'gabinet-backups.json';
const markerSchema = z.object({ format: z.int(), installation: z.uuid() });
const BACKUP_NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;
const PARTIAL = '.partial';

/** Folders and files of customers' data. */
const PRIVATE_FOLDER = { recursive: true, mode: 0o700 } as const;

/** Where the list of stored files is, inside a backup. */
export const fileListPath = (backup: string): string => join(backup, 'files.ndjson');
export const tablePath = (backup: string, table: string): string => join(backup, 'tables', `${table}.copy`);
/** A stored file, by its hash. All backups of a folder share them. */
export const pooledPath = (folder: string, sha256: string): string => join(folder, 'files', sha256.slice(0, 2), sha256);

/**
 * Prepares `folder` for backups of this installation. Throws `BackupRefusedError` if it has other
 * things in it or belongs to another installation.
 */
export async function prepareFolder(folder: string, { installation, dataDir }: Owner): Promise<void> {
  if (`${folder}${sep}`.startsWith(`${dataDir}${sep}`)) {
    throw new BackupRefusedError(`${folder} is in the data folder: the backup would be lost together with it.`);
  }
  await mkdir(folder, PRIVATE_FOLDER);
  const marker = await readMarker(folder);
  if (marker === null) {
    if ((await readdir(folder)).length > 0) throw new BackupRefusedError(`${folder} has other files in it.`);
    const content = JSON.stringify({ format: BACKUP_FORMAT, installation });
    await writeFileAtomic(join(folder, MARKER), `${content}\n`);
  } else if (marker.installation !== installation) {
    throw new BackupRefusedError(`${folder} has backups of another installation. Choose another folder.`);
  }
}

interface Owner {
  readonly installation: string;
  /** Absolute, like the folder. */
  readonly dataDir: string;
}

async function readMarker(folder: string) {
  const text = await readFile(join(folder, MARKER), 'utf8').catch(ifMissing(null));
  return text === null ? null : markerSchema.parse(JSON.parse(text));
}

export interface NewBackup {
  /** The folder to write to. */
  readonly path: string;
  /** Gives it its final name. Returns the name. */
  finish(): Promise<string>;
}

/** Starts a backup, and removes what earlier ones left that were not finished. */
export async function startBackup(folder: string, now: Date): Promise<NewBackup> {
  const unfinished = (await readdir(folder)).filter((name) => name.endsWith(PARTIAL));
  for (const name of unfinished) {
    if (BACKUP_NAME.test(name.slice(0, -PARTIAL.length))) await removeFolder(join(folder, name));
  }
  const name = now.toISOString().replaceAll(':', '-');
  const path = join(folder, `${name}${PARTIAL}`);
  await mkdir(join(path, 'tables'), PRIVATE_FOLDER);
  const finish = async () => {
    await renameDurably(path, join(folder, name));
    return name;
  };
  return { path, finish };
}

/**
 * The path of a finished backup: the one with this name, by default the newest. Throws
 * `BackupRefusedError` if there is none.
 */
export async function findBackup(folder: string, wanted: string | null): Promise<string> {
  const names = await readdir(folder).catch(ifMissing([]));
  const backups = names.filter((name) => BACKUP_NAME.test(name)).toSorted();
  const found = wanted === null ? backups.at(-1) : backups.find((name) => name === wanted);
  if (found !== undefined) return join(folder, found);
  const there = backups.length === 0 ? 'There is none.' : `There are: ${backups.join(', ')}`;
  throw new BackupRefusedError(`${folder} has no backup${wanted === null ? '' : ` ${wanted}`}. ${there}`);
}
