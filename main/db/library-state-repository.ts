import { eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { libraryState } from './schema.ts';

const ONLY_ROW = 1;

export interface LibraryStateReader {
  /** When the library last agreed with the server (ISO 8601); null before the first time. */
  syncedAt(): string | null;
}

export interface LibraryStateWriter {
  setSyncedAt(syncedAt: string): void;
}

export function libraryStateReader(db: Queries): LibraryStateReader {
  return {
    syncedAt: () => db.select().from(libraryState).where(eq(libraryState.id, ONLY_ROW)).get()?.syncedAt ?? null,
  };
}

export function libraryStateWriter(db: Queries): LibraryStateWriter {
  return {
    setSyncedAt: (syncedAt) => {
      db.insert(libraryState)
        .values({ id: ONLY_ROW, syncedAt })
        .onConflictDoUpdate({ target: libraryState.id, set: { syncedAt } })
        .run();
    },
  };
}
