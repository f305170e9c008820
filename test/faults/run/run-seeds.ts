import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkIncoming, checkOrphans, makeOld } from '../check/check-files.ts';
import { checkRun } from '../check/check-run.ts';
import { type Lane, openLane } from './lane.ts';
import { beginRun, type Run, runSteps } from './run-schedule.ts';
import { makeSchedule } from './schedule.ts';
import { settle } from './settle.ts';

export interface SeedResult {
  readonly seed: number;
  readonly findings: readonly string[];
  readonly trace: string;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<string, number>;
  readonly tookMs: number;
}

export interface SeedsOptions {
  readonly postgresUrl: string;
  readonly seeds: readonly number[];
  /** How many run side by side, each with processes of its own. */
  readonly lanes: number;
  readonly onResult?: (result: SeedResult) => void;
}

/** Runs each seed's schedule and checks what is left of it. Rejects only where the tests themselves cannot run. */
export async function runSeeds({ postgresUrl, seeds, lanes, onResult }: SeedsOptions): Promise<readonly SeedResult[]> {
  const queue = [...seeds];
  const results: SeedResult[] = [];
  const work = Array.from({ length: Math.min(lanes, seeds.length) }, async () => {
    let lane = await openLane(postgresUrl);
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
      const isLast = queue.length === 0;
      const result = await runSeed(lane, seed, isLast);
      results.push(result);
      onResult?.(result);
      if (result.findings.length === 0) continue;
      // What is broken must not break the next one.
      await lane.close();
      lane = await openLane(postgresUrl);
    }
    await lane.close();
  });
  await Promise.all(work);
  return results.sort((one, other) => one.seed - other.seed);
}

async function runSeed(lane: Lane, seed: number, isLast: boolean): Promise<SeedResult> {
  const startedAt = performance.now();
  const run = await beginRun(lane, makeSchedule(seed));
  const { book } = run;
  try {
    await runSteps(run);
    await settle(run);
    book.note('settled');
    for (const { wire } of run.clients) for (const [key, statuses] of wire.answers) book.answers.set(key, statuses);
    for (const what of await checkRun(evidenceOf(run))) book.found(what);
    for (const what of await checkOrphans(lane.sql, lane.dataDir)) book.found(what);
    book.note('looked at');
    if (isLast) for (const what of await checkAfterRestart(lane)) book.found(what);
  } catch (error) {
    book.found(`the run broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  await endRun(run);
  const { findings, trace, struck } = book;
  return { seed, findings, trace, struck, tookMs: performance.now() - startedAt };
}

function evidenceOf({ lane, world, clients, book }: Run) {
  return {
    sql: lane.sql,
    customerUuid: world.customer.uuid,
    dataDir: lane.dataDir,
    libraries: clients.map((client) => client.libraryPath),
    book,
  };
}

/** What a killed server left where it receives files goes when it starts, once it is old. */
async function checkAfterRestart({ server, dataDir }: Lane): Promise<readonly string[]> {
  await makeOld(join(dataDir, 'incoming'));
  await server.stop();
  await server.start();
  return checkIncoming(dataDir);
}

async function endRun({ lane, clients, world }: Run): Promise<void> {
  for (const client of clients) await client.moveOut();
  lane.server.book = null;
  await lane.server.setClock(0);
  await rm(join(lane.folder, `run-${world.customer.id}`), { recursive: true, force: true });
}
