import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type LocalDatabase, openLocalDatabase } from '../../../main/db/local-database.ts';
import { pull } from '../../../main/sync/pull.ts';
import { type ApiClient, createApiClient } from '../../../node/api-client/api-client.ts';
import { fillLibrary } from '../../support/fill-library.ts';
import { migrationsDir } from '../../support/local-database-path.ts';
import { silentLog } from '../../support/silent-log.ts';
import { designerOf } from '../../support/sync-scope.ts';
import { type Figure, median, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from './bench-world.ts';
import { turnsOf } from './own-work.ts';

/** Versions in the library. Set BENCH_RECORDS=10000 for a quick look. */
const RECORDS = Number(process.env.BENCH_RECORDS ?? 100_000);
const PROJECTS = 50;
const SPEED_GOAL = 0.6;
/** Half a frame at 60 frames per second, which is not noticeable. */
const TURN_GOAL_MS = 8;

/**
 * Compares the first sync of a large library from the real server with SQLite's quickest way of
 * inserting the same rows into the same indexed tables: `ATTACH` and `INSERT ... SELECT`. Both
 * begin with an empty library and end with a committed one.
 */
export function measureFirstSync({ rounds }: { readonly rounds: number }): Promise<Figure[]> {
  return inBenchWorld(async (world) => {
    await fillLibrary(world.database.pool, {
      customerId: world.customers.aurora.id,
      projects: PROJECTS,
      versions: RECORDS,
    });
    const api = createApiClient({
      serverUrl: world.serverUrl,
      token: world.token,
      log: silentLog,
      onUnauthenticated: () => undefined,
    });
    const libraries = new Libraries(world);
    const source = libraries.open('source');
    await sync(world, api, source);
    assertComplete(source);
    const [syncsMs, insertsMs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      syncsMs.push(await timeOf(() => sync(world, api, libraries.open(`sync-${round}`))));
      insertsMs.push(await timeOf(() => insertSelect(libraries.newFile(`insert-${round}`), libraries.path('source'))));
    }
    const turnsMs = await turnsOf(() => sync(world, api, libraries.open('turns')));
    api.close();
    libraries.close();
    note(`first sync of ${RECORDS} records: median ${median(syncsMs).toFixed(0)} ms of ${rounds} rounds`);
    note(`ATTACH + INSERT SELECT: median ${median(insertsMs).toFixed(0)} ms`);
    note(
      `longest turns of the main thread: ${turnsMs
        .slice(0, 8)
        .map((ms) => ms.toFixed(1))
        .join(' ')} ms`,
    );
    return [
      {
        name: 'first-sync-to-insert-select',
        value: median(insertsMs) / median(syncsMs),
        goal: SPEED_GOAL,
        isMinimum: true,
      },
      { name: 'first-sync-longest-own-work-ms', value: turnsMs[0] ?? Number.NaN, goal: TURN_GOAL_MS, digits: 1 },
    ];
  });
}

/** Library files with the product's schema, opened the way the product opens them. */
class Libraries {
  readonly #folder: string;
  readonly #open: LocalDatabase[] = [];

  constructor({ folder }: BenchWorld) {
    this.#folder = folder;
  }

  path(name: string): string {
    return join(this.#folder, `${name}.db`);
  }

  open(name: string): LocalDatabase {
    const database = openLocalDatabase({ path: this.path(name), migrationsDir, onQuarantine: () => undefined });
    this.#open.push(database);
    return database;
  }

  newFile(name: string): string {
    openLocalDatabase({ path: this.path(name), migrationsDir, onQuarantine: () => undefined }).close();
    return this.path(name);
  }

  close(): void {
    for (const database of this.#open) database.close();
  }
}

async function sync({ customers }: BenchWorld, api: ApiClient, database: LocalDatabase): Promise<void> {
  const answer = await pull({
    api,
    database,
    customers: null,
    scope: designerOf(customers.aurora.uuid),
    signal: new AbortController().signal,
    ownChanges: () => 0,
    onCommit: () => undefined,
    onLongPull: () => undefined,
  });
  if (!answer.ok) throw new Error(answer.failure.code);
}

function assertComplete({ read }: LocalDatabase): void {
  const count = read.versions.countByProject().size;
  if (count !== PROJECTS) throw new Error(`${count} projects arrived instead of ${PROJECTS}`);
}

function insertSelect(path: string, sourcePath: string): Promise<void> {
  const connection = new Database(path);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.prepare('attach ? as source').run(sourcePath);
  connection.exec(`begin immediate;
    insert into main.projects select * from source.projects;
    insert into main.avatars select * from source.avatars;
    commit`);
  connection.close();
  return Promise.resolve();
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
