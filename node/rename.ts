import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RetryOptions, retryRefused, retryRefusedSync } from './retry-refused.ts';

type Delays = Pick<RetryOptions, 'delaysMs'>;

/**
 * Renames a file or folder. A refusal is retried for two seconds, because virus scanners hold new
 * files for a moment. Rejects with the system's error. Not durable: see `renameDurably`.
 */
export function renameFile(from: string, to: string, delays: Delays = {}): Promise<void> {
  return retryRefused(() => rename(from, to), { ...delays, folders: [dirname(from), dirname(to)] });
}

/** Like `renameFile`, but blocks the thread, for up to two seconds. Throws the system's error. */
export function renameFileSync(from: string, to: string, delays: Delays = {}): void {
  retryRefusedSync(() => renameSync(from, to), { ...delays, folders: [dirname(from), dirname(to)] });
}
