import type { Readers } from './local-database.ts';

/**
 * The time of a decision made now (ISO 8601), later than that of every pending operation and listed
 * transfer, whatever the clock says: of two decisions of one user the later one counts, and people
 * and time servers set clocks back.
 */
export function decisionTime(read: Pick<Readers, 'operations' | 'transfers'>, nowMs = Date.now()): string {
  const newest = [read.operations.newestCreatedAt(), read.transfers.newestCreatedAt()];
  const newestMs = newest.map((createdAt) => (createdAt === null ? Number.NEGATIVE_INFINITY : Date.parse(createdAt)));
  return new Date(Math.max(nowMs, ...newestMs.map((ms) => ms + 1))).toISOString();
}
