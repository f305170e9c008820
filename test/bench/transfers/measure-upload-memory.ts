import { join } from 'node:path';
import { MIB } from '../../../shared/lib/sizes.ts';
import { type Figure, note } from '../figures.ts';
import { inBenchWorld } from './bench-world.ts';
import { freshBundle, keepFile } from './fresh-bundle.ts';
import { canReadProcesses, forgetPeak, memoryBytes } from './process-figures.ts';
import { mustSend, startProductClient } from './product-client.ts';

const FILES = 20;
/** Warm-up, so that loading and compiling the code is not counted. */
const WARM_UP_FILES = 1;

/**
 * Measures how far the resident memory of both processes rises during a series of uploads, above
 * its level after the first one.
 */
export async function measureUploadMemory(): Promise<Figure[]> {
  if (!canReadProcesses) {
    note('not measured: this system does not report peak resident memory');
    return [];
  }
  return inBenchWorld(async (world) => {
    const client = await startProductClient(world.serverUrl, world.token);
    const projectUuid = await world.newProject();
    const upload = async () => {
      const file = await keepFile(join(world.folder, 'large.gab'), freshBundle());
      await mustSend(client, { ...file, projectUuid });
    };
    try {
      for (let count = 0; count < WARM_UP_FILES; count += 1) await upload();
      const ends = [await watchPeak('client', client.pid), await watchPeak('server', world.serverPid)];
      for (let count = 0; count < FILES; count += 1) await upload();
      const [clientMib = Number.NaN, serverMib = Number.NaN] = await Promise.all(ends.map((end) => end()));
      return [
        { name: 'client-memory-growth-mib', value: clientMib, goal: 48, digits: 1 },
        { name: 'server-memory-growth-mib', value: serverMib, goal: 64, digits: 1 },
      ];
    } finally {
      await client.stop();
    }
  });
}

/**
 * Returns a function that returns by how many MiB the peak exceeded the current resident memory.
 */
async function watchPeak(name: string, pid: number): Promise<() => Promise<number>> {
  await forgetPeak(pid);
  const before = await memoryBytes(pid, 'VmRSS');
  return async () => {
    const peak = await memoryBytes(pid, 'VmHWM');
    note(`${name}: ${(before / MIB).toFixed(0)} MiB before, ${(peak / MIB).toFixed(0)} MiB at the peak`);
    return (peak - before) / MIB;
  };
}
