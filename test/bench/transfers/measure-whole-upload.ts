import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, median, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from './bench-world.ts';
import { type Contender, productContender, rawContender, tusContender } from './contenders.ts';
import { type BenchFile, freshBundle, keepFile } from './fresh-bundle.ts';
import { canReadProcesses, cpuMs } from './process-figures.ts';

const run = promisify(execFile);

interface Round {
  readonly ms: number;
  /** Of both processes; NaN if the system does not report it. */
  readonly cpuMs: number;
}

type Results = ReadonlyMap<string, readonly Round[]>;

/**
 * Compares uploading a new file, from reading its first byte to the commit, with tus and with a
 * plain copy.
 */
export async function measureWholeUpload({ rounds }: { readonly rounds: number }): Promise<Figure[]> {
  return inBenchWorld(async (world) => {
    const contenders: Readonly<Record<string, Contender>> = {
      product: await productContender(world),
      tus: await tusContender(world),
      raw: await rawContender(world),
    };
    try {
      return figuresOf(await race(world, contenders, rounds));
    } finally {
      await Promise.all(Object.values(contenders).map((contender) => contender.stop()));
    }
  });
}

/**
 * All take turns with the same file in each round. The first two rounds are warm-ups and are not
 * counted.
 */
async function race(
  world: BenchWorld,
  contenders: Readonly<Record<string, Contender>>,
  rounds: number,
): Promise<Results> {
  const results = new Map<string, Round[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    const file = await keepFile(join(world.folder, 'large.gab'), freshBundle());
    for (const [name, contender] of Object.entries(contenders)) {
      const measured = await timed(contender, file);
      if (round >= 0) results.get(name)?.push(measured);
    }
    await rm(file.path);
  }
  return results;
}

async function timed(contender: Contender, file: BenchFile): Promise<Round> {
  // Flush the disk first, so that no contender waits for the writes of another.
  await run('sync');
  const before = await cpuOf(contender);
  const ms = await contender.bring(file);
  return { ms, cpuMs: (await cpuOf(contender)) - before };
}

async function cpuOf({ pids }: Contender): Promise<number> {
  if (!canReadProcesses) return Number.NaN;
  const times = await Promise.all(pids.map(cpuMs));
  return times.reduce((sum, ms) => sum + ms, 0);
}

function figuresOf(results: Results): Figure[] {
  const ms = new Map<string, number>();
  const cpu = new Map<string, number>();
  for (const [name, rounds] of results) {
    ms.set(name, median(rounds.map((round) => round.ms)));
    cpu.set(name, median(rounds.map((round) => round.cpuMs)));
    note(
      `${name}: median ${ms.get(name)?.toFixed(0)} ms, processor ${cpu.get(name)?.toFixed(0)} ms, ${rounds.length} rounds`,
    );
  }
  const ratio = (values: ReadonlyMap<string, number>, one: string, other: string) =>
    (values.get(one) ?? Number.NaN) / (values.get(other) ?? Number.NaN);
  note(`a raw copy is ${ratio(ms, 'tus', 'raw').toFixed(2)} times as fast as tus; no upload can be faster than that`);
  const figures: Figure[] = [
    { name: 'whole-upload-speed-to-tus', value: ratio(ms, 'tus', 'product'), goal: 2.5, isMinimum: true },
    { name: 'whole-upload-cpu-to-tus', value: ratio(cpu, 'product', 'tus'), goal: 0.45 },
    { name: 'whole-upload-speed-to-raw-copy', value: ratio(ms, 'raw', 'product'), goal: 0.38, isMinimum: true },
  ];
  return figures.filter(({ value }) => !Number.isNaN(value));
}
