import { sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.ts';

/** The jobs that services may order, with their payloads. `server/jobs` carries them out. */
export interface JobPayloads {
  readonly remove_blobs: { readonly keys: readonly string[] };
}

/** Orders a job in this transaction: it runs if, and only if, the transaction commits, and is retried until it succeeds. */
export async function orderJob<Name extends keyof JobPayloads>(
  tx: Transaction,
  name: Name,
  payload: JobPayloads[Name],
): Promise<void> {
  await tx.execute(sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json)`);
}
