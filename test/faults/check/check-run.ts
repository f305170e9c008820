import type { Pool } from 'pg';
import type { Book } from '../run/book.ts';
import { checkClient } from './check-client.ts';
import { checkFiles } from './check-files.ts';
import { checkPromises } from './check-promises.ts';
import { checkServer } from './check-server.ts';
import { type LibraryRows, readLibrary } from './read-library.ts';
import { readServer } from './read-server.ts';

/** The state of a run after its end. */
export interface Evidence {
  readonly sql: Pool;
  readonly customerUuid: string;
  /** The server's. */
  readonly dataDir: string;
  /** The file of each client's library; null: it has none. */
  readonly libraries: readonly (string | null)[];
  readonly book: Book;
}

/**
 * Checks everything that must hold when a run has settled, except for files without an owner
 * (`checkOrphans`). Reads rows and files itself. Returns the violations as sentences.
 */
export async function checkRun({ sql, customerUuid, dataDir, libraries, book }: Evidence): Promise<readonly string[]> {
  const server = await readServer(sql, customerUuid);
  const read: LibraryRows[] = [];
  const found: string[] = [];
  for (const [number, path] of libraries.entries()) {
    if (path === null) {
      found.push(`client ${number} has no library`);
      continue;
    }
    const library = readLibrary(path, customerUuid);
    read.push(library);
    found.push(...checkClient(`client ${number}`, library, server));
  }
  return [
    ...checkServer(server),
    ...(await checkFiles(dataDir, server.avatars)),
    ...found,
    ...checkPromises(book, read, server),
  ];
}
