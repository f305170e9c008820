import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable, Transaction } from './database.ts';

/**
 * The jobs that services can queue. `server/jobs` runs them and validates the payloads that it
 * reads from the database.
 */
export const jobPayloadSchemas = {
  remove_blobs: z.object({ keys: z.array(z.string()) }),
  /**
   * `afterId`: versions up to this one have been looked at. `rules`: those of the process that queued
   * the job; absent in jobs of the schedule and of earlier releases, which any process may do.
   */
  recheck_versions: z.object({ afterId: z.int().default(0), rules: z.int().optional() }),
} as const;
export type JobPayloads = {
  readonly [Name in keyof typeof jobPayloadSchemas]: z.infer<(typeof jobPayloadSchemas)[Name]>;
};

/**
 * Queues a job in this transaction: it runs if, and only if, the transaction commits, and is
 * retried until it succeeds.
 */
export async function queueJob<Name extends keyof JobPayloads>(
  tx: Transaction,
  name: Name,
  payload: JobPayloads[Name],
): Promise<void> {
  await tx.execute(sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json)`);
}

/** Queues a job that runs after `delayMs`, as soon as a worker is free. */
export async function queueJobLater<Name extends keyof JobPayloads>(
  db: Queryable,
  delayMs: number,
  { name, payload }: { readonly name: Name; readonly payload: JobPayloads[Name] },
): Promise<void> {
  await db.execute(sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json,
    run_at => now() + ${delayMs} * interval '1 millisecond')`);
}

/** After the others: lower numbers go first, and all other jobs have 0. */
const LAST_PRIORITY = 10;

/**
 * Queues a job of which at most one with the same `key` is queued, however many processes do this: the
 * last call replaces the queued one, or with `isRetry` leaves its time. It runs after `delayMs` and
 * after all other jobs that are due.
 */
export async function queueOnlyJob<Name extends keyof JobPayloads>(
  db: Queryable,
  { key, delayMs, isRetry = false }: { readonly key: string; readonly delayMs: number; readonly isRetry?: boolean },
  { name, payload }: { readonly name: Name; readonly payload: JobPayloads[Name] },
): Promise<void> {
  await db.execute(sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json,
    run_at => now() + ${delayMs} * interval '1 millisecond', job_key => ${key}, priority => ${LAST_PRIORITY},
    job_key_mode => ${isRetry ? 'preserve_run_at' : 'replace'})`);
}

/** Jobs by whether they will be tried again. */
export async function countJobs(db: Queryable): Promise<{ readonly waiting: number; readonly failed: number }> {
  const { rows } = await db.execute<{ waiting: string; failed: string }>(sql`
    select count(*) filter (where attempts < max_attempts) as waiting,
      count(*) filter (where attempts >= max_attempts) as failed
    from graphile_worker.jobs`);
  return { waiting: Number(rows[0]?.waiting), failed: Number(rows[0]?.failed) };
}
