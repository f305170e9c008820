import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { retryRefused, retryRefusedSync } from './retry-refused.ts';

/** Node's own repetition for folders waits one delay longer each time: two seconds together. */
const FOLDER_RETRIES = { maxRetries: 9, retryDelay: 45 } as const;

/**
 * Deletes a file if it exists. A refusal is retried for two seconds, because virus scanners hold
 * files for a moment. Rejects with the system's error.
 */
export function removeFile(path: string): Promise<void> {
  return retryRefused(() => rm(path, { force: true }), { folders: [dirname(path)] });
}

/** Like `removeFile`, but blocks the thread, for up to two seconds. Throws the system's error. */
export function removeFileSync(path: string): void {
  retryRefusedSync(() => rmSync(path, { force: true }), { folders: [dirname(path)] });
}

/** Deletes a folder and everything in it, or a file, if it exists. Otherwise like `removeFile`. */
export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, ...FOLDER_RETRIES });
}
