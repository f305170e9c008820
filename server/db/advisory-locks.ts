import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/**
 * Locks that all processes on one database share. Any numbers that no other program on this
 * database uses for a lock.
 */
export const advisoryLocks = {
  /** Creating and migrating tables. */
  migrations: 4_610_001,
  /** Pairing of database and data folder. */
  installation: 4_610_002,
  /** Exclusive for a backup, shared for what removes stored files. */
  files: 4_610_003,
  /** Creating the first administrator, or a link for that. */
  setup: 4_610_004,
  /** Everything that a start does to the database, and in the embedded PostgreSQL, creating it. */
  start: 4_610_005,
  /** Checking stored versions again. */
  recheck: 4_610_006,
} as const;

/** Runs `work` while no other process on this database does any under the same lock. */
export function withExclusiveLock<Value>(db: Database, lock: number, work: () => Promise<Value>): Promise<Value> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
    return work();
  });
}

/**
 * Runs `work`, which removes stored files, unless a backup is being made that may still need them.
 * Returns null, without waiting, if one is.
 */
export function unlessBackingUp<Value>(db: Database, work: () => Promise<Value>): Promise<Value | null> {
  return ifLocked(db, sql`pg_try_advisory_xact_lock_shared(${advisoryLocks.files})`, work);
}

/**
 * Runs `work` unless a process on this database runs some under the same lock already. Returns
 * null, without waiting, if one does.
 */
export function unlessRunning<Value>(db: Database, lock: number, work: () => Promise<Value>): Promise<Value | null> {
  return ifLocked(db, sql`pg_try_advisory_xact_lock(${lock})`, work);
}

function ifLocked<Value>(db: Database, tryLock: SQL, work: () => Promise<Value>): Promise<Value | null> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ locked: boolean }>(sql`select ${tryLock} as locked`);
    return rows[0]?.locked ? work() : null;
  });
}
