import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ifMissing } from '../../node/error-code.ts';
import { removeFolder } from '../../node/remove.ts';
import { renameFile, renameFileSync } from '../../node/rename.ts';
import { DAY_MS } from '../../shared/lib/durations.ts';
import type { Readers } from '../db/local-database.ts';

/** The folder's earlier name. */
const OLDER_NAME = 'outbox';

/**
 * Gives the upload copies of an older program their present place. Call it before the library is
 * opened: the library's migration changes the paths in it, and finds the files there even after a
 * crash in between.
 */
export function adoptOlderUploadCopies(uploadCopiesDir: string): void {
  const older = join(dirname(uploadCopiesDir), OLDER_NAME);
  if (existsSync(older) && !existsSync(uploadCopiesDir)) renameFileSync(older, uploadCopiesDir);
}

/** Long enough to notice that an upload is missing. */
const SET_ASIDE_DAYS = 30;
/** No program that sets copies aside ran before: the clock was wrong on such a day. */
const EARLIEST_DAY = '2026-01-01';
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;

/** Beside the upload copies: `2026-11-30/NAME`. */
export const setAsideDirOf = (uploadCopiesDir: string): string => `${uploadCopiesDir}-set-aside`;

/**
 * Sets copies aside that no transfer needs: a crash between copying and writing the row, or after
 * the server's commit, but also a library that was damaged and started again without its
 * transfers. Then the copy may be all that is left of somebody's work, so it is kept for 30 days.
 * Returns the number of copies that were set aside.
 */
export async function setUnusedUploadCopiesAside(
  uploadCopiesDir: string,
  read: Pick<Readers, 'transfers'>,
  now = new Date(),
): Promise<number> {
  await mkdir(uploadCopiesDir, { recursive: true });
  await removeOverdue(setAsideDirOf(uploadCopiesDir), now);
  const needed = new Set(read.transfers.copyPaths());
  const unused = (await readdir(uploadCopiesDir)).filter((name) => !needed.has(join(uploadCopiesDir, name)));
  const folder = join(setAsideDirOf(uploadCopiesDir), dayOf(now));
  if (unused.length > 0) await mkdir(folder, { recursive: true });
  for (const name of unused) await renameFile(join(uploadCopiesDir, name), join(folder, name));
  return unused.length;
}

async function removeOverdue(setAsideDir: string, now: Date): Promise<void> {
  const oldest = dayOf(new Date(now.getTime() - SET_ASIDE_DAYS * DAY_MS));
  for (const day of await readdir(setAsideDir).catch(ifMissing([]))) {
    if (!DAY_FORM.test(day)) continue;
    if (day < EARLIEST_DAY) await redate(setAsideDir, { day, today: dayOf(now) });
    else if (day < oldest) await removeFolder(join(setAsideDir, day));
  }
}

/** Gives copies the day on which the clock is right again, so that their days count from then. */
async function redate(setAsideDir: string, { day, today }: { readonly day: string; readonly today: string }) {
  if (today < EARLIEST_DAY) return;
  const [from, to] = [join(setAsideDir, day), join(setAsideDir, today)];
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await renameFile(join(from, name), join(to, name));
  await removeFolder(from);
}

/** In UTC. */
const dayOf = (date: Date) => date.toISOString().slice(0, 'yyyy-mm-dd'.length);
