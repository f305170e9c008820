import { asc, gt, inArray } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { BLOB_FOLDERS, versionUuidOfKey } from '../../blobs/blob-keys.ts';
import type { BlobStore } from '../../blobs/blob-store.ts';
import type { Database } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { examineFile, type FileFault } from './examine-file.ts';
import { forEachParallel } from './hash-stream.ts';
import type { FileOfRow } from './manifest.ts';
import { filesOf } from './stored-files.ts';

/** Rows per query. */
const PAGE_ROWS = 1000;
/** A younger temporary file may still be written. */
const PARTIAL_AGE_MS = DAY_MS;

export interface FileCheck {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly onProgress: (text: string) => void;
}

export interface CheckReport {
  readonly versions: number;
  readonly files: number;
  /** In the order of their keys. */
  readonly faults: readonly FileFault[];
}

/**
 * Compares rows and stored files, in both directions and byte by byte. Changes nothing. The server
 * may run: what it stores or removes in the meantime is looked at again, and is not a fault.
 */
export async function checkStoredFiles({ db, blobs, onProgress }: FileCheck): Promise<CheckReport> {
  // The files first: what is stored from now on has a row by the time it is looked at again.
  const unnamed = await listStored(blobs);
  const files = unnamed.size;
  const faults: FileFault[] = [];
  let versions = 0;
  for await (const rows of versionPages(db)) {
    await forEachParallel(rows.flatMap(filesOf), async (expected) => {
      unnamed.delete(expected.key);
      const fault = await examineFile(blobs, expected);
      if (fault !== null) faults.push(fault);
    });
    versions += rows.length;
    onProgress(`Checked ${versions} versions`);
  }
  const orphans = [...unnamed].map(([key, foundBytes]): FileFault => ({ kind: 'orphan', key, foundBytes }));
  const confirmed = await confirmFaults(db, [...(await markQuarantined(blobs, faults)), ...orphans]);
  return { versions, files, faults: confirmed.toSorted((one, other) => (one.key < other.key ? -1 : 1)) };
}

/** The sizes of all stored files by key. */
async function listStored(blobs: BlobStore): Promise<Map<string, number>> {
  const stored = new Map<string, number>();
  for (const folder of BLOB_FOLDERS) {
    for await (const { key, sizeBytes, modifiedAt } of blobs.list(folder)) {
      const isBeingWritten = key.endsWith('.part') && Date.now() - modifiedAt.getTime() < PARTIAL_AGE_MS;
      if (!isBeingWritten) stored.set(key, sizeBytes);
    }
  }
  return stored;
}

const COLUMNS = {
  uuid: avatars.uuid,
  file_size: avatars.fileSize,
  sha256: avatars.sha256,
  thumbnail_size: avatars.thumbnailSize,
  thumbnail_sha256: avatars.thumbnailSha256,
} as const;

async function* versionPages(db: Database) {
  for (let last = 0; ; ) {
    const rows = await db
      .select({ id: avatars.id, ...COLUMNS })
      .from(avatars)
      .where(gt(avatars.id, last))
      .orderBy(asc(avatars.id))
      .limit(PAGE_ROWS);
    const end = rows.at(-1);
    if (!end) return;
    yield rows;
    last = end.id;
  }
}

async function markQuarantined(blobs: BlobStore, faults: readonly FileFault[]): Promise<readonly FileFault[]> {
  if (!faults.some(({ kind }) => kind === 'missing')) return faults;
  const aside = new Set<string>();
  for await (const { key } of blobs.quarantine.list()) aside.add(key);
  return faults.map((fault) => (fault.kind === 'missing' ? { ...fault, isInQuarantine: aside.has(fault.key) } : fault));
}

/** Leaves those out whose version was stored or removed in the meantime. */
async function confirmFaults(db: Database, faults: readonly FileFault[]): Promise<FileFault[]> {
  const confirmed: FileFault[] = [];
  for (let from = 0; from < faults.length; from += PAGE_ROWS) {
    const page = faults.slice(from, from + PAGE_ROWS);
    const uuids = page.map(({ key }) => versionUuidOfKey(key)).filter((uuid) => uuid !== null);
    const rows = uuids.length === 0 ? [] : await db.select(COLUMNS).from(avatars).where(inArray(avatars.uuid, uuids));
    const named = new Set(rows.flatMap(filesOf).map(({ key }: FileOfRow) => key));
    confirmed.push(...page.filter(({ key, kind }) => named.has(key) !== (kind === 'orphan')));
  }
  return confirmed;
}
