import { mkdir } from 'node:fs/promises';

/** Where things go that PostgreSQL's account could not reach in their own place, such as below root's 0700 home. */
export const SHARED_DIR = '/var/lib/gabinet';

export async function makeSharedDir(): Promise<void> {
  await mkdir(SHARED_DIR, { recursive: true, mode: 0o755 });
}
