import { readFile } from 'node:fs/promises';
import { hasErrorCode } from './error-code.ts';

/** `foreign`: it runs, but this account may not signal it. */
export type ProcessState = 'running' | 'foreign' | 'gone';

/**
 * Whether a process of that number runs now. It may be another program than the one the number was
 * noted for.
 */
export function probeProcess(processId: number): ProcessState {
  // 0 and negative numbers mean whole groups of processes.
  if (!Number.isSafeInteger(processId) || processId <= 0) return 'gone';
  try {
    process.kill(processId, 0);
    return 'running';
  } catch (error) {
    return hasErrorCode(error, 'EPERM') ? 'foreign' : 'gone';
  }
}

/**
 * The program and arguments of a process on Linux; an empty list on other systems, and for a
 * process that is gone.
 */
export async function processArguments(processId: number): Promise<readonly string[]> {
  const line = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return line === '' ? [] : line.split('\0');
}
