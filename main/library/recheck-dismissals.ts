import type { Failure } from '../../shared/contract/failure.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';

export interface RecheckDismissalsOptions {
  readonly database: LocalDatabase;
  onChange(projectUuid: string): void;
}

/** What newer rules of the check have found stays on a project's page until it is dismissed. */
export interface RecheckDismissals {
  /** `until`: ISO 8601; what is found later is shown again. */
  dismiss(projectUuid: string, until: string): Result<null, Failure>;
}

export function createRecheckDismissals(options: RecheckDismissalsOptions): RecheckDismissals {
  return {
    dismiss: (projectUuid, until) => {
      const written = options.database.tryWrite(({ recheckDismissals }) => recheckDismissals.put(projectUuid, until));
      if (!written.ok) return written;
      options.onChange(projectUuid);
      return ok(null);
    },
  };
}
