import { eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type CustomerRow, customers } from './schema.ts';

export interface CustomerReader {
  all(): readonly CustomerRow[];
}

export interface CustomerWriter {
  /** Inserts a customer or renames it; its cursor stays. */
  upsert(customer: Pick<CustomerRow, 'uuid' | 'name'>): void;
  setCursor(uuid: string, feedCursor: number): void;
  remove(uuid: string): void;
}

export function customerReader(db: Queries): CustomerReader {
  return { all: () => db.select().from(customers).orderBy(customers.name).all() };
}

export function customerWriter(db: Queries): CustomerWriter {
  return {
    upsert: ({ uuid, name }) => {
      db.insert(customers).values({ uuid, name }).onConflictDoUpdate({ target: customers.uuid, set: { name } }).run();
    },
    setCursor: (uuid, feedCursor) => {
      db.update(customers).set({ feedCursor }).where(eq(customers.uuid, uuid)).run();
    },
    remove: (uuid) => {
      db.delete(customers).where(eq(customers.uuid, uuid)).run();
    },
  };
}
