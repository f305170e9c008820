import { eq } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type ProjectRow, projects } from './schema.ts';

export interface ProjectReader {
  /** By customer, then by name. */
  all(): readonly ProjectRow[];
  find(uuid: string): ProjectRow | null;
  uuidsOfCustomer(customerUuid: string): readonly string[];
}

export type ProjectActivation = Pick<ProjectRow, 'active' | 'activeSetBy' | 'activeSetAt' | 'activations'>;

export interface ProjectWriter {
  upsert(row: ProjectRow): void;
  setActive(uuid: string, activation: ProjectActivation): void;
  remove(uuid: string): void;
}

export function projectReader(db: Queries): ProjectReader {
  return {
    all: () => db.select().from(projects).orderBy(projects.customerName, projects.name, projects.uuid).all(),
    find: (uuid) => db.select().from(projects).where(eq(projects.uuid, uuid)).get() ?? null,
    uuidsOfCustomer: (customerUuid) =>
      db
        .select({ uuid: projects.uuid })
        .from(projects)
        .where(eq(projects.customerUuid, customerUuid))
        .all()
        .map((row) => row.uuid),
  };
}

export function projectWriter(db: Queries): ProjectWriter {
  return {
    upsert: (row) => {
      db.insert(projects).values(row).onConflictDoUpdate({ target: projects.uuid, set: row }).run();
    },
    setActive: (uuid, activation) => {
      db.update(projects).set(activation).where(eq(projects.uuid, uuid)).run();
    },
    remove: (uuid) => {
      db.delete(projects).where(eq(projects.uuid, uuid)).run();
    },
  };
}
