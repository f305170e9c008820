import { isDeepStrictEqual } from 'node:util';
import { and, eq, lt } from 'drizzle-orm';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { CHECK_RULES_VERSION } from '../../../shared/gab/check-rules.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import type { UploadInspection } from '../../files/upload-inspection.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';
import { recordSummary } from '../avatars/summaries.ts';

/** A stored version, and where it belongs. */
export interface StoredVersion {
  readonly id: number;
  readonly uuid: VersionUuid;
  /** Bytes. */
  readonly fileSize: number;
  readonly sha256: string;
  readonly originalFilename: string;
  readonly projectUuid: string;
  readonly customerId: number;
  readonly customerUuid: string;
}

/**
 * `changed`: verdict or findings are others now. `same`: they are not, or another process was
 * quicker. `unreadable`: the file could not be checked.
 */
export type RecheckOutcome = 'changed' | 'same' | 'unreadable';

type Version = typeof avatars.$inferSelect;
type CheckResult = Pick<Version, 'container' | 'verdict' | 'activatable' | 'issues'>;

/**
 * Stores what the current rules say about a version. If verdict or findings are others than before,
 * the change feed and the audit trail say so in the same transaction. What is active stays active,
 * whatever the verdict.
 */
export function applyCheck(db: Database, stored: StoredVersion, inspection: UploadInspection): Promise<RecheckOutcome> {
  return db.transaction(async (tx) => {
    await lockCustomer(tx, stored.customerId);
    const [before] = await tx
      .select()
      .from(avatars)
      .where(and(eq(avatars.id, stored.id), lt(avatars.checkRules, CHECK_RULES_VERSION)));
    // Purged, or checked by another process.
    if (before === undefined) return 'same';
    const result = resultOf(inspection);
    const isChanged = !isDeepStrictEqual(resultOf(before), result);
    await tx
      .update(avatars)
      .set({ checkRules: CHECK_RULES_VERSION, ...(isChanged && { ...result, ...remember(before) }) })
      .where(eq(avatars.id, before.id));
    // A bundle that is no longer valid has no summary; the earlier one still serves comparisons.
    if (inspection.summaryJson !== null) await recordSummary(tx, before.id, inspection.summaryJson);
    if (!isChanged) return 'same';
    await recordHistory(tx, stored, { before, result });
    return 'changed';
  });
}

/** As the database returns it: without absent fields. */
function resultOf({ container, verdict, activatable, issues }: CheckResult): CheckResult {
  return { container, verdict, activatable, issues: JSON.parse(JSON.stringify(issues)) as CheckResult['issues'] };
}

/** The first change keeps what the check said at the upload. */
function remember({ verdict, activatable, uploadVerdict, uploadActivatable }: Version): Partial<Version> {
  const now = new Date();
  return {
    updatedAt: now,
    recheckedAt: now,
    uploadVerdict: uploadVerdict ?? verdict,
    uploadActivatable: uploadActivatable ?? activatable,
  };
}

async function recordHistory(
  tx: Transaction,
  { uuid, projectUuid, customerId, customerUuid }: StoredVersion,
  { before, result }: { readonly before: Version; readonly result: CheckResult },
): Promise<void> {
  const details = {
    rules: CHECK_RULES_VERSION,
    verdict: { from: before.verdict, to: result.verdict },
    activatable: { from: before.activatable, to: result.activatable },
    findings: [...new Set(result.issues.map(({ code }) => code))],
  };
  await recordAudit(tx, [
    { action: 'avatar.rechecked', actor: null, customerUuid, projectUuid, versionUuid: uuid, details },
  ]);
  await recordChanges(tx, customerId, [{ entity: 'avatar', uuid }]);
}
