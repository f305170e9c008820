import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../../../node/error-code.ts';
import { removeFile } from '../../../../node/remove.ts';
import type { ServiceContext } from '../../../context.ts';
import { expiredSessions, isOpenSession, removeSession } from './session-rows.ts';
import { dropStream, sessionsDir } from './stream-file.ts';

/** Removes expired sessions and streams that belong to no session. Returns the number of both. */
export async function sweepSessions(context: ServiceContext, now = new Date()): Promise<number> {
  let removed = 0;
  for (const uuid of await expiredSessions(context, now)) {
    await removeSession(context.db, uuid);
    await dropStream(context, uuid);
    removed += 1;
  }
  for (const name of await readdir(sessionsDir(context)).catch(ifMissing([]))) {
    const path = join(sessionsDir(context), name);
    const found = await stat(path).catch(() => null);
    const isOld = found !== null && now.getTime() - found.mtimeMs > context.uploadSessionMs;
    if (!isOld || (await belongsToSession(context, name))) continue;
    await removeFile(path);
    removed += 1;
  }
  return removed;
}

async function belongsToSession({ db }: ServiceContext, name: string): Promise<boolean> {
  const uuid = /^([0-9a-f-]{36})\.stream$/.exec(name)?.[1];
  return uuid !== undefined && isOpenSession(db, uuid);
}
