import { inArray } from 'drizzle-orm';
import { BLOB_FOLDERS, versionUuidOfKey } from '../../blobs/blob-keys.ts';
import type { BlobInfo, BlobStore, QuarantinedBlob } from '../../blobs/blob-store.ts';
import type { Database } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { isOver, ORPHAN_AGE_MS } from './orphan-rules.ts';

/** Keys per query. */
const BATCH_KEYS = 500;

export interface OrphanSearch {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly quarantineDays: number;
  readonly now: Date;
}

export interface FoundOrphans {
  readonly files: number;
  readonly hasVersions: boolean;
  readonly orphans: readonly string[];
  /** Set aside, although a row names them and they are not in their place. */
  readonly wanted: readonly QuarantinedBlob[];
  /** Set aside for longer than the settings say. */
  readonly over: readonly QuarantinedBlob[];
}

/** Looks for what a sweep would change, and changes nothing. */
export async function findOrphans(search: OrphanSearch): Promise<FoundOrphans> {
  const { db, now, blobs } = search;
  const hasVersions = (await db.select({ id: avatars.id }).from(avatars).limit(1)).length > 0;
  const found = { files: 0, orphans: [] as string[], wanted: [] as QuarantinedBlob[], over: [] as QuarantinedBlob[] };
  for (const folder of BLOB_FOLDERS) {
    for await (const batch of inBatches(blobs.list(folder))) {
      found.files += batch.length;
      const old = batch.filter(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() >= ORPHAN_AGE_MS);
      const named = await findNamedKeys(db, old);
      found.orphans.push(...old.filter(({ key }) => !named.has(key) && isOurs(key)).map(({ key }) => key));
    }
  }
  for await (const batch of inBatches(blobs.quarantine.list())) {
    const named = await findNamedKeys(db, batch);
    for (const blob of batch) {
      if (!named.has(blob.key)) {
        if (isOver(blob.day, search)) found.over.push(blob);
      } else if ((await blobs.info(blob.key)) === null) found.wanted.push(blob);
    }
  }
  return { ...found, hasVersions };
}

/** A name that the server never creates belongs to somebody else, and stays. */
const isOurs = (key: string) => versionUuidOfKey(key) !== null || key.endsWith('.part');

/** Those of the keys whose version has a row. */
export async function findNamedKeys(
  db: Database,
  blobs: readonly { readonly key: string }[],
): Promise<ReadonlySet<string>> {
  const uuids = blobs.map(({ key }) => versionUuidOfKey(key)).filter((uuid) => uuid !== null);
  if (uuids.length === 0) return new Set();
  const rows = await db.select({ uuid: avatars.uuid }).from(avatars).where(inArray(avatars.uuid, uuids));
  const named = new Set<string | null>(rows.map(({ uuid }) => uuid));
  return new Set(blobs.map(({ key }) => key).filter((key) => named.has(versionUuidOfKey(key))));
}

async function* inBatches<Blob extends BlobInfo>(blobs: AsyncIterable<Blob>): AsyncIterable<Blob[]> {
  let batch: Blob[] = [];
  for await (const blob of blobs) {
    batch.push(blob);
    if (batch.length < BATCH_KEYS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
