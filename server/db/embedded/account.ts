import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { promisify } from 'node:util';

/** The account that PostgreSQL runs as; null for that of this process. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | null;

const ACCOUNT_NAME = 'postgres';
const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root. Then it runs as the system account `postgres`, which is
 * created if it is missing.
 */
export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return null;
  const existing = await findAccount();
  if (existing) return existing;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT_NAME]);
  const created = await findAccount();
  if (!created) throw new Error(`useradd made no account "${ACCOUNT_NAME}"`);
  return created;
}

async function findAccount(): Promise<PostgresAccount> {
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith(`${ACCOUNT_NAME}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}
