import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type DatabaseHandle, openDatabase } from '../../../server/db/database.ts';
import { startEmbeddedPostgres } from '../../../server/db/embedded/embedded-postgres.ts';
import { ensureDatabase, migrateDatabase } from '../../../server/db/migrate.ts';
import { spawnServer } from '../../support/spawn-server.ts';
import { addProject, populate, type TestWorld } from '../../support/world.ts';

/** The real server process with a real PostgreSQL, and a folder for files on the same disk. */
export interface BenchWorld {
  readonly folder: string;
  readonly serverUrl: string;
  readonly serverPid: number;
  /** The token of a designer. */
  readonly token: string;
  /** The server's database, for changes that no route offers. */
  readonly database: DatabaseHandle;
  /** The designer and the customer they belong to. */
  readonly people: TestWorld['people'];
  readonly customers: TestWorld['customers'];
  readonly projects: TestWorld['projects'];
  /** Uuid of a new, empty project. */
  newProject(): Promise<string>;
}

/** Runs `work` in a new world and removes everything afterwards. */
export async function inBenchWorld<Value>(work: (world: BenchWorld) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'gabinet-bench-'));
  const log = pino({ level: 'silent' });
  await mkdir(join(folder, 'postgres'));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), log);
  try {
    const databaseUrl = await ensureDatabase(postgres.url, 'bench');
    await migrateDatabase(databaseUrl);
    const database = openDatabase(databaseUrl, log);
    const { people, customers, projects } = await populate(database.db);
    const server = await spawnServer({ DATABASE_URL: databaseUrl, DATA_DIR: join(folder, 'data') });
    try {
      let created = 0;
      const newProject = async () => {
        created += 1;
        return (await addProject(database.db, customers.aurora.id, `Project ${created}`)).uuid;
      };
      const served = { serverUrl: server.url, serverPid: server.pid, token: people.dana.token };
      return await work({ folder, ...served, database, people, customers, projects, newProject });
    } finally {
      await server.stop();
      await database.close();
    }
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
