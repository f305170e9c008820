import { eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type CustomerRow, customers } from './schema.ts';

/** How far a feed has been read. */
export interface FeedPosition {
  readonly cursor: number;
  /** Which history of the server the cursor belongs to; empty until the server has said so. */
  readonly feedId: string;
}

export interface CustomerReader {
  all(): readonly CustomerRow[];
  /** How far this customer's feed has been read; null if the customer is not followed. */
  cursorOf(uuid: string): number | null;
  /** The cursor with the history that it belongs to. */
  positionOf(uuid: string): FeedPosition | null;
}

export interface CustomerWriter {
  /** Inserts a customer or renames it; its cursor stays. */
  upsert(customer: Pick<CustomerRow, 'uuid' | 'name'>): void;
  remove(uuid: string): void;
}

export function customerReader(db: Queries): CustomerReader {
  const positionOf = (uuid: string): FeedPosition | null => {
    const row = db.select().from(customers).where(eq(customers.uuid, uuid)).get();
    return row ? { cursor: row.feedCursor, feedId: row.feedId } : null;
  };
  return {
    all: () => db.select().from(customers).orderBy(customers.name).all(),
    positionOf,
    cursorOf: (uuid) => positionOf(uuid)?.cursor ?? null,
  };
}

export function customerWriter(db: Queries): CustomerWriter {
  return {
    upsert: ({ uuid, name }) => {
      db.insert(customers).values({ uuid, name }).onConflictDoUpdate({ target: customers.uuid, set: { name } }).run();
    },
    remove: (uuid) => {
      db.delete(customers).where(eq(customers.uuid, uuid)).run();
    },
  };
}
