import { readdir, readFile, writeFile } from 'node:fs/promises';

// Figures that Linux reports about a process. On other systems these functions reject, and their
// figures are not measured.

const NS_PER_MS = 1e6;
const BYTES_PER_KIB = 1024;

export const canReadProcesses = process.platform === 'linux';

/**
 * Processor time of all running threads of a process so far, user and system, in milliseconds.
 * Ended threads are not included.
 */
export async function cpuMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(threads.map((thread) => threadNs(pid, thread)));
  return times.reduce((sum, ns) => sum + ns, 0) / NS_PER_MS;
}

async function threadNs(pid: number, thread: string): Promise<number> {
  // A thread may end after it was listed.
  const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
  return Number(text.split(' ')[0]);
}

/** Resident memory of a process in bytes: the current value, or the peak since `forgetPeak`. */
export async function memoryBytes(pid: number, figure: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`no ${figure} of process ${pid}`);
  return Number(kilobytes) * BYTES_PER_KIB;
}

/** Resets the peak to the current value. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
