import { and, asc, desc, eq, inArray, isNull, max, ne, or } from 'drizzle-orm';
import type { TransferState } from '../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import type { Queries } from './queries.ts';
import { type NewTransferRow, type TransferRow, transfers } from './schema.ts';

export interface TransferReader {
  find(id: string): TransferRow | null;
  /** In the order in which people requested them. */
  inStates(states: readonly TransferState[]): readonly TransferRow[];
  /**
   * Uploads of a project that are not on the server yet, in the order in which people requested
   * them.
   */
  openUploads(projectUuid: string, states: readonly TransferState[]): readonly TransferRow[];
  newestFirst(): readonly TransferRow[];
  copyPaths(): readonly string[];
  /** ISO 8601; null if there is none. */
  newestCreatedAt(): string | null;
}

export type TransferPatch = Partial<Omit<TransferRow, 'sequence' | 'id' | 'kind' | 'createdAt'>>;

export interface TransferWriter {
  insert(row: NewTransferRow): void;
  update(id: string, patch: TransferPatch): void;
  /**
   * Called when the avatar that these uploads wait for is on the server: they become its versions.
   * So does the upload that was to create it, if a person retries it after it was refused or
   * canceled and another one created the avatar in its place.
   */
  resolveFollowers(followsId: string, avatarUuid: AvatarUuid): void;
  remove(ids: readonly string[]): void;
}

export function transferReader(db: Queries): TransferReader {
  return {
    newestCreatedAt: () =>
      db
        .select({ newest: max(transfers.createdAt) })
        .from(transfers)
        .get()?.newest ?? null,
    find: (id) => db.select().from(transfers).where(eq(transfers.id, id)).get() ?? null,
    inStates: (states) =>
      db
        .select()
        .from(transfers)
        .where(inArray(transfers.state, [...states]))
        .orderBy(asc(transfers.sequence))
        .all(),
    openUploads: (projectUuid, states) =>
      db
        .select()
        .from(transfers)
        .where(
          and(
            eq(transfers.kind, 'upload'),
            eq(transfers.projectUuid, projectUuid),
            inArray(transfers.state, [...states]),
          ),
        )
        .orderBy(asc(transfers.sequence))
        .all(),
    newestFirst: () => db.select().from(transfers).orderBy(desc(transfers.sequence)).all(),
    copyPaths: () =>
      db
        .select({ path: transfers.copyPath })
        .from(transfers)
        .all()
        .flatMap((row) => row.path ?? []),
  };
}

export function transferWriter(db: Queries): TransferWriter {
  return {
    insert: (row) => {
      db.insert(transfers).values(row).run();
    },
    update: (id, patch) => {
      db.update(transfers).set(patch).where(eq(transfers.id, id)).run();
    },
    resolveFollowers: (followsId, avatarUuid) => {
      db.update(transfers)
        .set({ avatarUuid })
        .where(
          and(
            or(eq(transfers.followsId, followsId), eq(transfers.id, followsId)),
            ne(transfers.state, 'done'),
            isNull(transfers.avatarUuid),
          ),
        )
        .run();
    },
    remove: (ids) => {
      db.delete(transfers)
        .where(inArray(transfers.id, [...ids]))
        .run();
    },
  };
}
