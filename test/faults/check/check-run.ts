import type { Pool } from 'pg';
import type { Book } from '../run/book.ts';
import { checkClient } from './check-client.ts';
import { checkFiles } from './check-files.ts';
import { checkPromises } from './check-promises.ts';
import { checkServer } from './check-server.ts';
import { type LibraryRows, readLibrary } from './read-library.ts';
import { readServer } from './read-server.ts';

/** Where everything lies after a run. */
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
 * Everything that must hold when all has settled, but for files that nobody owns (`checkOrphans`). Answers what does not, in words;
 * reads rows and files itself.
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
