import { setTimeout as delay } from 'node:timers/promises';
import { and, asc, eq, gt, lt } from 'drizzle-orm';
import { CHECK_RULES_VERSION } from '../../../shared/gab/check-rules.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import { advisoryLocks, unlessRunning } from '../../db/advisory-locks.ts';
import type { Database, Queryable } from '../../db/database.ts';
import { type JobPayloads, queueOnlyJob } from '../../db/queue-job.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { applyCheck, type RecheckOutcome, type StoredVersion } from './apply-check.ts';
import { readFile } from './read-file.ts';

/** Versions per job: a few seconds, so that other jobs and a shutdown need not wait longer. */
export const RECHECK_BATCH = 20;
/** When the queue of checks is full, uploads have waited long enough; a batch takes a few seconds. */
const RETRY_WHEN_BUSY_MS = 30 * SECOND_MS;
/**
 * A rolling update replaces the processes within minutes. Asking once a minute costs nothing, and
 * nobody waits for the result.
 */
const RETRY_WITH_NEWER_RULES_MS = MINUTE_MS;
/** Enough to find out what is wrong; `gabinet-server check` lists all. */
const MAX_LOGGED_UUIDS = 20;
/**
 * The job takes its turns in the queue of checks like the one user of a customer. No row has these.
 */
const PLACE = { customer: 'recheck', user: 'recheck' };

/** One per version of the rules: a process with older ones must not replace the job for newer ones. */
const keyOf = (rules: number) => `recheck_versions ${rules}`;
export const RECHECK_KEY = keyOf(CHECK_RULES_VERSION);

/** Checks all versions again that were checked with older rules, some time soon, by one process. */
export function queueRecheck(db: Queryable): Promise<void> {
  const payload = { afterId: 0, rules: CHECK_RULES_VERSION };
  return queueOnlyJob(db, { key: RECHECK_KEY, delayMs: 0 }, { name: 'recheck_versions', payload });
}

/**
 * Checks the next few versions again that were checked with older rules, and queues the job for
 * those that follow. Waits while another process does the same. Harmless at any time: a
 * version that has been checked is not found again. A job for newer rules than this process has is
 * left to a newer process.
 */
export async function recheckVersions(
  context: ServiceContext,
  job: JobPayloads['recheck_versions'],
  stopping?: AbortSignal,
): Promise<void> {
  const { db } = context;
  const { afterId, rules = CHECK_RULES_VERSION } = job;
  if (rules > CHECK_RULES_VERSION) {
    const retry = { key: keyOf(rules), delayMs: RETRY_WITH_NEWER_RULES_MS, isRetry: true };
    await queueOnlyJob(db, retry, { name: 'recheck_versions', payload: job });
    return;
  }
  const progress = await unlessRunning(db, advisoryLocks.recheck, () => recheckBatch(context, afterId, stopping));
  if (progress === null) {
    // By a process that may have older rules.
    const retry = { key: RECHECK_KEY, delayMs: RETRY_WHEN_BUSY_MS, isRetry: true };
    await queueOnlyJob(db, retry, { name: 'recheck_versions', payload: job });
  } else if (!progress.isDone) {
    const payload = { afterId: progress.afterId, rules: CHECK_RULES_VERSION };
    const next = { key: RECHECK_KEY, delayMs: progress.isBusy ? RETRY_WHEN_BUSY_MS : 0 };
    await queueOnlyJob(db, next, { name: 'recheck_versions', payload });
  }
}

interface Progress {
  readonly afterId: number;
  readonly isDone: boolean;
  readonly isBusy: boolean;
}

async function recheckBatch(context: ServiceContext, afterId: number, stopping?: AbortSignal): Promise<Progress> {
  const versions = await findOutdated(context.db, afterId);
  const unreadable: string[] = [];
  const counts = { checked: 0, changed: 0 };
  let progress: Progress = { afterId, isDone: versions.length === 0, isBusy: false };
  for (const version of versions) {
    if (stopping?.aborted) break;
    const outcome = await recheckInTurn(context, version, stopping);
    if (outcome === 'busy') {
      progress = { ...progress, isBusy: true };
      break;
    }
    progress = { ...progress, afterId: version.id };
    if (outcome === 'unreadable') unreadable.push(version.uuid);
    else counts.checked += 1;
    if (outcome === 'changed') counts.changed += 1;
  }
  if (counts.checked > 0) context.log.info({ ...counts, rules: CHECK_RULES_VERSION }, 'checked stored versions again');
  if (unreadable.length > 0) logUnreadable(context, unreadable);
  return progress;
}

function logUnreadable({ log }: ServiceContext, uuids: readonly string[]): void {
  const versions = uuids.slice(0, MAX_LOGGED_UUIDS);
  log.warn({ count: uuids.length, versions }, 'could not check stored versions again: run gabinet-server check');
}

/** In the order of their IDs, so that those whose files cannot be read are looked at once per run. */
function findOutdated(db: Database, afterId: number): Promise<StoredVersion[]> {
  return db
    .select({
      id: avatars.id,
      uuid: avatars.uuid,
      fileSize: avatars.fileSize,
      sha256: avatars.sha256,
      originalFilename: avatars.originalFilename,
      projectUuid: projects.uuid,
      customerId: customers.id,
      customerUuid: customers.uuid,
    })
    .from(avatars)
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(and(gt(avatars.id, afterId), lt(avatars.checkRules, CHECK_RULES_VERSION)))
    .orderBy(asc(avatars.id))
    .limit(RECHECK_BATCH);
}

/**
 * Waits for a turn among the uploads, then rests for as long as the check took: the file workers
 * are at most half busy with what nobody waits for.
 */
async function recheckInTurn(
  context: ServiceContext,
  version: StoredVersion,
  stopping?: AbortSignal,
): Promise<RecheckOutcome | 'busy'> {
  const turn = await context.queues.checks.enter(PLACE, stopping ?? null);
  if (!turn.ok) return 'busy';
  const startedAtMs = performance.now();
  try {
    const inspection = await readFile(context, version);
    return inspection === null ? 'unreadable' : await applyCheck(context.db, version, inspection);
  } finally {
    turn.value();
    const tookMs = performance.now() - startedAtMs;
    await delay(tookMs, undefined, stopping && { signal: stopping }).catch(() => undefined);
  }
}
