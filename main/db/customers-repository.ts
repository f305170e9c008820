import { eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type CustomerRow, customers } from './schema.ts';

export interface CustomerReader {
  all(): readonly CustomerRow[];
  /** How far this customer's feed was read; null: the customer is not followed. */
  cursorOf(uuid: string): number | null;
}

export interface CustomerWriter {
  /** Inserts a customer or renames it; its cursor stays. */
  upsert(customer: Pick<CustomerRow, 'uuid' | 'name'>): void;
  remove(uuid: string): void;
}

export function customerReader(db: Queries): CustomerReader {
  return {
    all: () => db.select().from(customers).orderBy(customers.name).all(),
    cursorOf: (uuid) => db.select().from(customers).where(eq(customers.uuid, uuid)).get()?.feedCursor ?? null,
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
