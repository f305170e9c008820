import type { Queries } from './queries.ts';
import { recheckDismissals } from './schema.ts';

export interface RecheckDismissalReader {
  /** By project: what was found up to this time (ISO 8601) was dismissed. */
  all(): ReadonlyMap<string, string>;
}

export interface RecheckDismissalWriter {
  put(projectUuid: string, until: string): void;
}

export function recheckDismissalReader(db: Queries): RecheckDismissalReader {
  return {
    all: () =>
      new Map(
        db
          .select()
          .from(recheckDismissals)
          .all()
          .map(({ projectUuid, until }) => [projectUuid, until]),
      ),
  };
}

export function recheckDismissalWriter(db: Queries): RecheckDismissalWriter {
  return {
    put: (projectUuid, until) => {
      db.insert(recheckDismissals)
        .values({ projectUuid, until })
        .onConflictDoUpdate({ target: recheckDismissals.projectUuid, set: { until } })
        .run();
    },
  };
}
