import { randomUUID } from 'node:crypto';
import { desc, isNull, sql } from 'drizzle-orm';
import { BLOB_FOLDERS, bundleKey } from '../blobs/blob-keys.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { advisoryLocks, withExclusiveLock } from '../db/advisory-locks.ts';
import type { Database } from '../db/database.ts';
import { avatars } from '../db/schema/avatars.ts';
import { installation } from '../db/schema/installation.ts';
import { readDatabaseIdentity, readFolderId, readInstallation, writeFolderId } from './installation-id.ts';
import { decidePairing, type PairingFacts } from './pairing-rules.ts';
import { refusalText } from './texts.en.ts';

/** Of a folder that was used with this database, not all of the newest files can be missing. */
const SAMPLED_VERSIONS = 20;

export interface Claim {
  readonly db: Database;
  readonly blobs: BlobStore;
  /** For the message. */
  readonly dataDir: string;
}

/** The database and the data folder do not belong together. The message says how to proceed. */
export class PairingRefusedError extends Error {
  override readonly name = 'PairingRefusedError';
}

/**
 * Makes sure that the database and the data folder belong together; both get an id if neither has
 * one. Throws `PairingRefusedError` if they don't, because every job that removes files trusts the
 * rows.
 */
export function claimInstallation(claim: Claim): Promise<void> {
  return withExclusiveLock(claim.db, advisoryLocks.installation, async () => {
    const facts = await gatherFacts(claim);
    const decision = decidePairing(facts);
    if (decision.kind === 'refuse') throw new PairingRefusedError(refusalText(decision.because, claim.dataDir));
    if (decision.kind === 'adopt') await pair(claim);
    if (decision.kind === 'finish') await markPaired(claim.db);
    await noteDatabase(claim);
  });
}

/**
 * Gives both the same new id. A crash at any point leaves a state that the next start finishes or
 * repeats. `history` is set if the rows may not be those that readers of the feed have seen.
 */
export async function pair(claim: Omit<Claim, 'dataDir'>, history: string | null = null): Promise<void> {
  const database = await readDatabaseIdentity(claim);
  const row = { uuid: randomUUID(), database, pairedAt: null, ...(history !== null && { history }) };
  await claim.db
    .insert(installation)
    .values({ id: 1, ...row })
    .onConflictDoUpdate({ target: installation.id, set: row });
  await writeFolderId(claim, row.uuid);
  await markPaired(claim.db);
}

/** For an installation that was restored, or is from before this was noted. */
async function noteDatabase({ db }: Pick<Claim, 'db'>): Promise<void> {
  const database = await readDatabaseIdentity({ db });
  await db.update(installation).set({ database }).where(isNull(installation.database));
}

async function markPaired(db: Database): Promise<void> {
  await db.update(installation).set({ pairedAt: sql`now()` });
}

async function gatherFacts(claim: Claim): Promise<PairingFacts> {
  const row = await readInstallation(claim);
  const newest = await claim.db
    .select({ uuid: avatars.uuid })
    .from(avatars)
    .orderBy(desc(avatars.id))
    .limit(SAMPLED_VERSIONS);
  const infos = await Promise.all(newest.map(({ uuid }) => claim.blobs.info(bundleKey(uuid))));
  return {
    databaseId: row?.uuid ?? null,
    isPaired: row !== null && row.pairedAt !== null,
    folderId: await readFolderId(claim),
    hasVersions: newest.length > 0,
    hasFiles: await hasFiles(claim.blobs),
    hasFilesOfVersions: infos.some((info) => info !== null),
  };
}

/** Whether there is any stored file, in its place or set aside. */
export async function hasFiles(blobs: BlobStore): Promise<boolean> {
  const lists = [...BLOB_FOLDERS.map((folder) => blobs.list(folder)), blobs.quarantine.list()];
  for (const list of lists) if (!(await isEmpty(list))) return true;
  return false;
}

async function isEmpty(list: AsyncIterable<unknown>): Promise<boolean> {
  const iterator = list[Symbol.asyncIterator]();
  const { done } = await iterator.next();
  await iterator.return?.();
  return done === true;
}
