import { and, eq } from 'drizzle-orm';
import {
  type BundleSummary,
  bundleSummarySchema,
  SUMMARY_VERSION,
} from '../../../shared/gab/compare/bundle-summary.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { PermittedVersion } from '../../access/find-permitted.ts';
import { bundleKey } from '../../blobs/blob-keys.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { avatarSummaries } from '../../db/schema/summaries.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { findReadable, type ReadRequest } from './find-readable.ts';

export interface FoundSummary {
  /** SHA-256 of the summarized file, lower-case hex. */
  readonly sha256: string;
  /** Null if the file is not a bundle. */
  readonly summary: BundleSummary | null;
}

type Version = PermittedVersion['version'];

/**
 * Summarizes the contents of a version. A version that was stored by an older
 * release is summarized when it is first requested. Failures: `not_found`.
 */
export async function findSummary(
  context: ServiceContext,
  caller: Caller,
  request: ReadRequest,
): ServiceResult<FoundSummary> {
  const found = await findReadable(context.db, caller, request);
  if (!found.ok) return found;
  const { version } = found.value;
  const json = version.container === 'gab' ? await readOrSummarize(context, version) : null;
  const summary = json === null ? null : bundleSummarySchema.parse(JSON.parse(json));
  return ok({ sha256: version.sha256, summary });
}

async function readOrSummarize(context: ServiceContext, version: Version): Promise<string | null> {
  const [row] = await context.db
    .select({ summary: avatarSummaries.summary })
    .from(avatarSummaries)
    .where(and(eq(avatarSummaries.avatarId, version.id), eq(avatarSummaries.summaryVersion, SUMMARY_VERSION)));
  return row ? row.summary : summarizeOnce(context, version);
}

/**
 * After an upgrade many clients request the same summary at once; one computation serves them all.
 */
const runningSummaries = new Map<string, Promise<string | null>>();

function summarizeOnce(context: ServiceContext, version: Version): Promise<string | null> {
  const running = runningSummaries.get(version.uuid);
  if (running) return running;
  const started = summarize(context, version).finally(() => runningSummaries.delete(version.uuid));
  runningSummaries.set(version.uuid, started);
  return started;
}

/** Summarizes the stored file in a file worker. */
async function summarize(
  { db, blobs, fileWorkers, gabPolicy }: ServiceContext,
  version: Version,
): Promise<string | null> {
  const { fileSize: sizeBytes, originalFilename: originalName } = version;
  const { summaryJson } = await blobs.withLocalFile(bundleKey(version.uuid), (path) =>
    fileWorkers.inspect({ path, sizeBytes, originalName, policy: gabPolicy }),
  );
  // The version may have been purged in the meantime.
  await db.transaction(async (tx) => {
    const [stillThere] = await tx
      .select({ id: avatars.id })
      .from(avatars)
      .where(eq(avatars.id, version.id))
      .for('key share');
    if (stillThere) await recordSummary(tx, version.id, summaryJson);
  });
  return summaryJson;
}

/**
 * Stores a version's summary, replacing an older one. `summary` is JSON, or null for a file that is
 * not a bundle.
 */
export async function recordSummary(db: Queryable, versionId: number, summary: string | null): Promise<void> {
  const row = { avatarId: versionId, summaryVersion: SUMMARY_VERSION, summary };
  await db.insert(avatarSummaries).values(row).onConflictDoUpdate({ target: avatarSummaries.avatarId, set: row });
}
