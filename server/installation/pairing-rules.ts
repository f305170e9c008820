/** What is known about a database and a data folder before the server uses them together. */
export interface PairingFacts {
  /** The id in the database; null if it has none. */
  readonly databaseId: string | null;
  /** Whether the data folder got this id. False only if that was interrupted. */
  readonly isPaired: boolean;
  /** The id in the data folder; null if it has none. */
  readonly folderId: string | null;
  readonly hasVersions: boolean;
  /** Whether the folder has bundles or pictures, also such that were set aside. */
  readonly hasFiles: boolean;
  /** Whether the folder has the bundle of at least one of the newest versions. */
  readonly hasFilesOfVersions: boolean;
}

export type PairingRefusal =
  | 'other-folder'
  | 'folder-without-id'
  | 'database-without-id'
  | 'files-without-database'
  | 'database-without-files';

export type PairingDecision =
  | { readonly kind: 'paired' }
  /** Neither has an id: they are new, or from before there were ids. */
  | { readonly kind: 'adopt' }
  | { readonly kind: 'finish' }
  | { readonly kind: 'refuse'; readonly because: PairingRefusal };

/** Decides whether a server may use this database with this data folder. */
export function decidePairing(facts: PairingFacts): PairingDecision {
  const { databaseId, folderId, isPaired } = facts;
  if (databaseId !== null && databaseId === folderId) return { kind: isPaired ? 'paired' : 'finish' };
  const hasDatabaseId = databaseId !== null && isPaired;
  if (hasDatabaseId) return refuse(folderId === null ? 'folder-without-id' : 'other-folder');
  if (folderId !== null) return refuse('database-without-id');
  if (!facts.hasVersions) return facts.hasFiles ? refuse('files-without-database') : { kind: 'adopt' };
  return facts.hasFilesOfVersions ? { kind: 'adopt' } : refuse('database-without-files');
}

const refuse = (because: PairingRefusal): PairingDecision => ({ kind: 'refuse', because });
