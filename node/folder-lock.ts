import { constants } from 'node:fs';
import { access, chmod, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { writeFileAtomic } from './atomic-file.ts';
import { hasErrorCode, ifMissing } from './error-code.ts';
import { probeProcess } from './process-probe.ts';
import { removeFile } from './remove.ts';
import { isSqliteDamage } from './sqlite-damage.ts';

export type FolderLock =
  | { readonly ok: true; release(): Promise<void> }
  /**
   * The process that has the folder to itself; null if it is shared, or its process is not known.
   */
  | { readonly ok: false; readonly ownerProcessId: number | null };

type Connection = Database.Database;

/**
 * Held by the owner of the folder. Both lock files stay empty and are never deleted: the kernel
 * holds the locks, and releases them when the process ends, however it ends. SQLite knows how to
 * lock on every system. No other code may open these files: on Unix, closing any handle to a file
 * gives up all locks that the process has on it.
 */
const OWNER_LOCK = 'owner.lock';
/** Held by everybody who shares the folder, and alone by its owner. */
const SHARERS_LOCK = 'sharers.lock';
/** Names the owner in messages. Nothing depends on what it says. */
const OWNER_NOTE = 'in-use-by';

/** A connection that nobody refers to is closed by the garbage collector, and its lock is gone. */
const held = new Set<Connection>();

/**
 * Takes a folder for this process alone, or says that another one has it. Never waits, and of any
 * number of processes that try at once exactly one succeeds. The lock ends with `release` or with
 * the process. The folder must exist. Rejects with the system's error if it cannot be written to.
 */
export async function takeFolder(folder: string): Promise<FolderLock> {
  await access(folder, constants.W_OK);
  const owner = await holdLock(join(folder, OWNER_LOCK), 'begin immediate');
  if (owner === null) return { ok: false, ownerProcessId: await readOwner(folder) };
  const sharers = await holdLock(join(folder, SHARERS_LOCK), 'begin exclusive').catch((error: unknown) => {
    closeLock(owner);
    throw error;
  });
  if (sharers === null) {
    closeLock(owner);
    return { ok: false, ownerProcessId: null };
  }
  const note = join(folder, OWNER_NOTE);
  // On a full disk the folder has an owner without a note, rather than with that of an earlier one.
  await writeFileAtomic(note, JSON.stringify({ pid: process.pid })).catch(() => removeFile(note));
  const release = async () => {
    await removeFile(note);
    closeLock(sharers);
    closeLock(owner);
  };
  return { ok: true, release };
}

/**
 * Takes a folder together with all other processes that share it, but with no owner. Otherwise like
 * `takeFolder`.
 */
export async function shareFolder(folder: string): Promise<FolderLock> {
  await access(folder, constants.W_OK);
  const sharer = await holdLock(join(folder, SHARERS_LOCK), 'begin');
  if (sharer === null) return { ok: false, ownerProcessId: await readOwner(folder) };
  return { ok: true, release: async () => closeLock(sharer) };
}

type Begin = 'begin' | 'begin immediate' | 'begin exclusive';

/** Null if another process has a lock that excludes this one. */
async function holdLock(path: string, begin: Begin): Promise<Connection | null> {
  try {
    return await tryHoldLock(path, begin);
  } catch (error) {
    // A failing disk has written something into the file. Without that it locks as before, and a
    // process that has a lock on it keeps that.
    const isOwn = [...held].some(({ name }) => name === path);
    if (!isSqliteDamage(error) || isOwn) throw error;
    await truncate(path);
    return tryHoldLock(path, begin);
  }
}

async function tryHoldLock(path: string, begin: Begin): Promise<Connection | null> {
  const connection = new Database(path, { timeout: 0 });
  try {
    // Nothing is ever written, so there is nothing that a journal could restore.
    connection.pragma('journal_mode = memory');
    connection.exec(begin);
    // A transaction takes its shared lock with the first read.
    connection.prepare('select count(*) from sqlite_schema').get();
    await chmod(path, 0o600);
  } catch (error) {
    connection.close();
    if (hasErrorCode(error, 'SQLITE_BUSY')) return null;
    throw error;
  }
  held.add(connection);
  return connection;
}

function closeLock(connection: Connection): void {
  held.delete(connection);
  connection.close();
}

/** Null if the owner has not noted its number yet, or if the note is from an earlier one. */
async function readOwner(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, OWNER_NOTE), 'utf8').catch(ifMissing(''));
  const pid = Number(/"pid":\s*(\d+)/.exec(text)?.[1]);
  return probeProcess(pid) === 'gone' ? null : pid;
}
