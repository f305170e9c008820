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
  /** How many seeds run side by side, each with its own processes. */
  readonly lanes: number;
  readonly onResult?: (result: SeedResult) => void;
}

/**
 * Runs one seed after the other on the same machines. What is broken by one does not break the
 * next.
 */
export class SeedRunner {
  readonly #postgresUrl: string;
  #lane: Lane | null = null;

  constructor(postgresUrl: string) {
    this.#postgresUrl = postgresUrl;
  }

  /**
   * Runs a seed's schedule and checks what is left of it. Rejects only where the tests themselves
   * cannot run.
   */
  async run(seed: number): Promise<SeedResult> {
    const result = await runSeed(await this.#openLane(), seed);
    if (result.findings.length > 0) await this.close();
    return result;
  }

  /**
   * What a killed server left where it receives files goes when it starts, once it is old. Returns
   * what did not.
   */
  async checkAfterRestart(): Promise<readonly string[]> {
    const { server, dataDir } = await this.#openLane();
    await makeOld(join(dataDir, 'incoming'));
    await server.stop();
    await server.start();
    return checkIncoming(dataDir);
  }

  async close(): Promise<void> {
    await this.#lane?.close();
    this.#lane = null;
  }

  async #openLane(): Promise<Lane> {
    this.#lane ??= await openLane(this.#postgresUrl);
    return this.#lane;
  }
}

/**
 * Runs each seed's schedule and checks what is left of it. Rejects only where the tests themselves
 * cannot run.
 */
export async function runSeeds({ postgresUrl, seeds, lanes, onResult }: SeedsOptions): Promise<readonly SeedResult[]> {
  const queue = [...seeds];
  const results: SeedResult[] = [];
  const work = Array.from({ length: Math.min(lanes, seeds.length) }, async () => {
    const runner = new SeedRunner(postgresUrl);
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
      const isLast = queue.length === 0;
      const result = await runner.run(seed);
      const left = isLast ? await runner.checkAfterRestart() : [];
      const whole = { ...result, findings: [...result.findings, ...left] };
      results.push(whole);
      onResult?.(whole);
    }
    await runner.close();
  });
  await Promise.all(work);
  return results.sort((one, other) => one.seed - other.seed);
}

async function runSeed(lane: Lane, seed: number): Promise<SeedResult> {
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

async function endRun({ lane, clients, world }: Run): Promise<void> {
  for (const client of clients) await client.moveOut();
  lane.server.book = null;
  await lane.server.setClock(0);
  await rm(join(lane.folder, `run-${world.customer.id}`), { recursive: true, force: true });
}
