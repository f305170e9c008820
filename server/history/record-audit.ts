import type { auditActions } from '../../shared/api/administration.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { Transaction } from '../db/database.ts';
import { auditEvents } from '../db/schema/history.ts';
import { readSubjectNames } from './audit-names.ts';

export interface AuditEntry {
  readonly action: (typeof auditActions)[number];
  /** E-mail address; null for the server's own jobs. */
  readonly actor: string | null;
  readonly customerUuid?: string | null;
  readonly projectUuid?: string | null;
  readonly versionUuid?: VersionUuid | null;
  readonly details?: Record<string, unknown>;
}

/**
 * Adds entries to the audit trail, in the transaction that they describe. Each also keeps the names
 * that its project and avatar have at this moment.
 */
export async function recordAudit(tx: Transaction, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const namesOf = await readSubjectNames(tx, entries);
  await tx
    .insert(auditEvents)
    .values(entries.map((entry) => ({ ...entry, details: { ...namesOf(entry), ...entry.details } })));
}
