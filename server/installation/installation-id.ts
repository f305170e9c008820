import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type BlobStore, ifBlobMissing } from '../blobs/blob-store.ts';
import type { Queryable } from '../db/database.ts';
import { installation } from '../db/schema/installation.ts';

/**
 * The id is stored beside the files, not at the top of `DATA_DIR`: if the files are on a disk that
 * is not mounted, the id is not there either.
 */
const ID_KEY = 'installation/id.txt';

/** What a database and its files need to be recognized as belonging together. */
export interface InstallationParts {
  readonly db: Queryable;
  readonly blobs: BlobStore;
}

/** The id in the data folder; null if it has none. Throws if the file holds something else. */
export async function readFolderId({ blobs }: Pick<InstallationParts, 'blobs'>): Promise<string | null> {
  const stream = await blobs.read(ID_KEY).catch(ifBlobMissing(null));
  if (stream === null) return null;
  const content = (await text(stream)).trim();
  const id = z.uuid().safeParse(content);
  if (!id.success) throw new Error(`uploads/${ID_KEY} in DATA_DIR is damaged: it must contain one UUID.`);
  return id.data;
}

export function writeFolderId({ blobs }: Pick<InstallationParts, 'blobs'>, id: string): Promise<void> {
  return blobs.putBytes(ID_KEY, Buffer.from(`${id}\n`));
}

/** The row of the database; null if it has none. */
export async function readInstallation({ db }: Pick<InstallationParts, 'db'>) {
  const [row] = await db.select().from(installation);
  return row ?? null;
}

/**
 * Identifies this database. A copy, or a dump that was loaded into a new database, is another one;
 * a cluster whose files were moved is not.
 */
export async function readDatabaseIdentity({ db }: Pick<InstallationParts, 'db'>): Promise<string> {
  const { rows } = await db.execute<{ identity: string }>(
    sql`select (select system_identifier from pg_control_system()) || '.' ||
      (select oid from pg_database where datname = current_database()) as identity`,
  );
  if (!rows[0]) throw new Error('PostgreSQL did not return the identity of the database');
  return rows[0].identity;
}

export type RemovalStop = 'not-paired' | 'copied-database';

/** Why jobs must not remove files of this data folder; null if they may. */
export async function findRemovalStop(parts: InstallationParts): Promise<RemovalStop | null> {
  if (!(await isPaired(parts))) return 'not-paired';
  const written = (await readInstallation(parts))?.database ?? null;
  return written === null || written === (await readDatabaseIdentity(parts)) ? null : 'copied-database';
}

/** Whether the database and the files have the same id. */
export async function isPaired(parts: InstallationParts): Promise<boolean> {
  const [row, folderId] = [await readInstallation(parts), await readFolderId(parts)];
  return (row?.uuid ?? null) === folderId;
}
