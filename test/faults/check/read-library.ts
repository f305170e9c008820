import Database from 'better-sqlite3';

/**
 * Rows of the client's file, read without the product's own readers, which could share a mistake
 * with its writers.
 */
export interface LibraryRows {
  readonly cursor: number | null;
  readonly projects: readonly {
    readonly uuid: string;
    readonly name: string;
    readonly activeUuid: string | null;
    readonly activeSetBy: string | null;
  }[];
  readonly avatars: readonly LibraryAvatar[];
  readonly transfers: readonly LibraryTransfer[];
  readonly operations: readonly LibraryOperation[];
}

export interface LibraryAvatar {
  readonly uuid: string;
  readonly projectUuid: string;
  readonly avatarUuid: string;
  readonly version: number;
  readonly name: string;
  readonly tags: string;
  readonly description: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly activatable: number;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly deletedAt: string | null;
}

export interface LibraryTransfer {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly projectUuid: string;
  readonly sha256: string;
  readonly versionUuid: string | null;
  readonly fileName: string;
  readonly failure: string | null;
}

export interface LibraryOperation {
  readonly id: string;
  readonly requestKey: string;
  readonly kind: string;
  readonly state: string;
  readonly failure: string | null;
  readonly theirs: string | null;
}

/** How far a library has followed the feed; null where there is none. */
export function readCursor(path: string | null, customerUuid: string): number | null {
  return path === null ? null : withLibrary(path, (library) => cursorOf(library, customerUuid));
}

/** The outbox alone; empty where there is no library. */
export function readOutbox(path: string | null): readonly LibraryOperation[] {
  return path === null ? [] : withLibrary(path, readOperations);
}

export function readLibrary(path: string, customerUuid: string): LibraryRows {
  return withLibrary(path, (library) => {
    // One moment of it: the application may be running.
    const read = library.transaction(() => ({
      cursor: cursorOf(library, customerUuid),
      projects: rows<LibraryRows['projects'][number]>(
        library,
        `select uuid, name, active ->> 'versionUuid' as activeUuid, active_set_by as activeSetBy from projects order by uuid`,
      ),
      avatars: rows<LibraryAvatar>(
        library,
        `select uuid, project_uuid as projectUuid, avatar_uuid as avatarUuid, version, name, tags, description,
           file_name as fileName, size_bytes as sizeBytes, sha256, activatable, created_at as createdAt,
           created_by as createdBy, deleted_at as deletedAt from versions order by uuid`,
      ),
      transfers: rows<LibraryTransfer>(
        library,
        `select id, kind, state, project_uuid as projectUuid, sha256, version_uuid as versionUuid, file_name as fileName,
           failure from transfers order by sequence`,
      ),
      operations: readOperations(library),
    }));
    return read();
  });
}

function readOperations(library: Database.Database): readonly LibraryOperation[] {
  return rows<LibraryOperation>(
    library,
    `select id, request_key as requestKey, intent ->> 'kind' as kind, state, failure, theirs from operations order by sequence`,
  );
}

function cursorOf(library: Database.Database, customerUuid: string): number | null {
  const found = library.prepare('select feed_cursor as cursor from customers where uuid = ?').get(customerUuid);
  return (found as { cursor: number } | undefined)?.cursor ?? null;
}

function rows<Row>(library: Database.Database, statement: string): Row[] {
  return library.prepare(statement).all() as Row[];
}

function withLibrary<Value>(path: string, work: (library: Database.Database) => Value): Value {
  const library = new Database(path, { readonly: true });
  try {
    library.pragma('busy_timeout = 5000');
    return work(library);
  } finally {
    library.close();
  }
}
