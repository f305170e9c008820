import { eq } from 'drizzle-orm';
import type { LibraryRepair } from '../../shared/contract/library-repair.ts';
import type { Queries } from './queries.ts';
import { libraryState } from './schema.ts';

const ONLY_ROW = 1;

export interface LibraryStateReader {
  /** When the library last agreed with the server (ISO 8601); null before the first time. */
  syncedAt(): string | null;
  /** How the library was rebuilt after damage; null if it was not, or if a person has read it. */
  repair(): LibraryRepair | null;
}

export interface LibraryStateWriter {
  setSyncedAt(syncedAt: string): void;
  setRepair(repair: LibraryRepair | null): void;
}

export function libraryStateReader(db: Queries): LibraryStateReader {
  const row = () => db.select().from(libraryState).where(eq(libraryState.id, ONLY_ROW)).get();
  return {
    syncedAt: () => row()?.syncedAt ?? null,
    repair: () => row()?.repair ?? null,
  };
}

export function libraryStateWriter(db: Queries): LibraryStateWriter {
  const set = (fields: Partial<typeof libraryState.$inferInsert>) => {
    db.insert(libraryState)
      .values({ id: ONLY_ROW, ...fields })
      .onConflictDoUpdate({ target: libraryState.id, set: fields })
      .run();
  };
  return {
    setSyncedAt: (syncedAt) => set({ syncedAt }),
    setRepair: (repair) => set({ repair }),
  };
}
