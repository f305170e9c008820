import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Random } from '../../properties/fuzz/random.ts';
import { openTcpWire, type TcpProxy } from '../../support/tcp-wire.ts';
import { type Figure, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from './bench-world.ts';
import { type BenchFile, freshBundle, keepFile } from './fresh-bundle.ts';
import { type ProductClient, startProductClient } from './product-client.ts';

const CUTS = 5;
/** Bytes on the wire per byte of the file. */
const GOAL = 1.01;
/** Set TEST_SEED to repeat a run. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000_000);

/**
 * All bytes on the wire for an upload that resumes after its connection is cut five times at random
 * places.
 */
export async function measureCuts({ rounds }: { readonly rounds: number }): Promise<Figure[]> {
  note(`seed ${seed}`);
  const random = new Random(seed);
  return inBenchWorld(async (world) => {
    const shares: number[] = [];
    for (let round = 0; round < Math.min(rounds, 3); round += 1) shares.push(await measureOnce(world, random));
    return [{ name: 'five-cuts-wire-to-file', value: Math.max(...shares), goal: GOAL, digits: 4 }];
  });
}

async function measureOnce(world: BenchWorld, random: Random): Promise<number> {
  const file = await keepFile(join(world.folder, 'cut.gab'), freshBundle());
  const wire = await openTcpWire(() => world.serverUrl);
  const client = await startProductClient(wire.url, world.token);
  try {
    const places = Array.from({ length: CUTS }, () => random.below(file.sizeBytes)).toSorted(
      (one, other) => one - other,
    );
    const attempts = await sendThroughCuts({ world, client, wire }, file, places);
    if (attempts <= CUTS) throw new Error(`${attempts} attempts for ${CUTS} cuts`);
    const wireBytes = wire.sentBytes + wire.answeredBytes;
    note(`cut at ${places.join(', ')}: ${attempts} attempts, ${wireBytes} bytes for ${file.sizeBytes}`);
    return wireBytes / file.sizeBytes;
  } finally {
    await client.stop();
    await wire.close();
  }
}

interface Line {
  readonly world: BenchWorld;
  readonly client: ProductClient;
  readonly wire: TcpProxy;
}

/** Returns the number of attempts. */
async function sendThroughCuts(
  { world, client, wire }: Line,
  file: BenchFile,
  places: readonly number[],
): Promise<number> {
  const upload = { ...file, projectUuid: await world.newProject(), uploadUuid: randomUUID() };
  const left = [...places];
  wire.onSent = (sentBytes) => {
    if (left[0] === undefined || sentBytes < left[0]) return;
    left.shift();
    wire.cut();
  };
  for (let attempts = 1; ; attempts += 1) {
    const { sent } = await client.call(upload);
    if (sent !== null) return attempts;
    wire.restore();
  }
}
