import { asc, eq } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { Queries } from './queries.ts';
import { type HeldActivationRow, heldActivations } from './schema.ts';

export interface HeldActivationReader {
  /** Oldest first. */
  all(): readonly HeldActivationRow[];
}

export interface HeldActivationWriter {
  /** A project's last one counts: the earlier ones are forgotten. */
  replace(row: HeldActivationRow): void;
  remove(versionUuid: VersionUuid): void;
}

export function heldActivationReader(db: Queries): HeldActivationReader {
  return { all: () => db.select().from(heldActivations).orderBy(asc(heldActivations.heldAt)).all() };
}

export function heldActivationWriter(db: Queries): HeldActivationWriter {
  return {
    replace: (row) => {
      db.delete(heldActivations).where(eq(heldActivations.projectUuid, row.projectUuid)).run();
      db.insert(heldActivations).values(row).run();
    },
    remove: (versionUuid) => {
      db.delete(heldActivations).where(eq(heldActivations.versionUuid, versionUuid)).run();
    },
  };
}
