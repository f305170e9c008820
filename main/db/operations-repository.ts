import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import type { OperationState } from '../../shared/contract/operations.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import type { Ordered } from '../../shared/domain/intents.ts';
import { batchesOf, type Queries } from './queries.ts';
import { type NewOperationRow, type OperationRow, operations } from './schema.ts';

export interface OperationReader {
  /** Everything in the outbox, oldest first. */
  all(): readonly OperationRow[];
  find(id: string): OperationRow | null;
  /** Operations that are applied over the server's rows (`waiting` and `sending`), oldest first. */
  overlaying(): readonly OperationRow[];
  overlayingAvatar(avatarUuid: AvatarUuid): readonly OperationRow[];
  /**
   * The columns that decide whose turn it is, of at most `limit` such operations, oldest first.
   * Cheap enough to poll.
   */
  queue(limit?: number): readonly QueuedRow[];
  /** Oldest first, at most `limit`. */
  inStates(states: readonly OperationState[], limit?: number): readonly OperationRow[];
  /** ISO 8601; null if there is none. */
  newestCreatedAt(): string | null;
}

/** An operation without its intent. */
export interface QueuedRow extends Ordered {
  readonly id: string;
}

export type OperationPatch = Partial<Omit<OperationRow, 'sequence' | 'id' | 'projectUuid' | 'avatarUuid'>>;

export interface OperationWriter {
  insert(row: NewOperationRow): void;
  update(id: string, patch: OperationPatch): void;
  remove(ids: readonly string[]): void;
}

const OVERLAYING = ['waiting', 'sending'] as const satisfies readonly OperationState[];

export function operationReader(db: Queries): OperationReader {
  const select = () => db.select().from(operations);
  const oldestFirst = asc(operations.sequence);
  const isOverlaying = inArray(operations.state, [...OVERLAYING]);
  return {
    newestCreatedAt: () =>
      db
        .select({ newest: max(operations.createdAt) })
        .from(operations)
        .get()?.newest ?? null,
    all: () => select().orderBy(oldestFirst).all(),
    find: (id) => select().where(eq(operations.id, id)).get() ?? null,
    overlaying: () => select().where(isOverlaying).orderBy(oldestFirst).all(),
    overlayingAvatar: (avatarUuid) =>
      select()
        .where(and(isOverlaying, eq(operations.avatarUuid, avatarUuid)))
        .orderBy(oldestFirst)
        .all(),
    queue: (limit = -1) =>
      db
        .select({
          id: operations.id,
          projectUuid: operations.projectUuid,
          avatarUuid: operations.avatarUuid,
          kind: sql<Ordered['kind']>`${operations.intent} ->> 'kind'`,
        })
        .from(operations)
        .where(isOverlaying)
        .orderBy(oldestFirst)
        .limit(limit)
        .all(),
    inStates: (states, limit = -1) =>
      select()
        .where(inArray(operations.state, [...states]))
        .orderBy(oldestFirst)
        .limit(limit)
        .all(),
  };
}

export function operationWriter(db: Queries): OperationWriter {
  return {
    insert: (row) => {
      db.insert(operations).values(row).run();
    },
    update: (id, patch) => {
      db.update(operations).set(patch).where(eq(operations.id, id)).run();
    },
    remove: (ids) => {
      for (const some of batchesOf(ids)) db.delete(operations).where(inArray(operations.id, some)).run();
    },
  };
}
