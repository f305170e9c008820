import { mkdir } from 'node:fs/promises';

/**
 * The folder for files that PostgreSQL's account could not reach in their usual place, such as
 * below root's home with mode 0700.
 */
export const SHARED_DIR = '/var/lib/gabinet';

export async function makeSharedDir(): Promise<void> {
  await mkdir(SHARED_DIR, { recursive: true, mode: 0o755 });
}
