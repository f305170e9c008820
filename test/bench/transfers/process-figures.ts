import { readdir, readFile, writeFile } from 'node:fs/promises';

// Figures that Linux reports about a process. On other systems these functions reject, and their
// figures are not measured.

const NS_PER_MS = 1e6;
const BYTES_PER_KIB = 1024;

export const canReadProcesses = process.platform === 'linux';

/** Processor time of all threads of a process so far, user and system, in milliseconds. Threads that ended are not in it. */
export async function cpuMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(threads.map((thread) => threadNs(pid, thread)));
  return times.reduce((sum, ns) => sum + ns, 0) / NS_PER_MS;
}

async function threadNs(pid: number, thread: string): Promise<number> {
  // A thread may end between being listed and being asked.
  const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
  return Number(text.split(' ')[0]);
}

/** Resident memory of a process in bytes: now, or the most there was since `forgetPeak`. */
export async function memoryBytes(pid: number, figure: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`no ${figure} of process ${pid}`);
  return Number(kilobytes) * BYTES_PER_KIB;
}

/** Sets the most there was to what is resident now. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
