import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { pino } from 'pino';
import { type DatabaseHandle, openDatabase } from '../../../server/db/database.ts';
import { createDatabase } from '../../support/template-database.ts';
import { ClientMachine } from '../processes/client-machine.ts';
import { ServerMachine } from '../processes/server-machine.ts';
import { installFullDisk } from './postgres-full.ts';

/** As many as a run may have. */
const MAX_CLIENTS = 3;

/**
 * A database, a server and clients that one run after the other uses. Runs never overlap, and each
 * has its own customer.
 */
export interface Lane {
  /** Where databases are created. */
  readonly postgresUrl: string;
  readonly databaseUrl: string;
  readonly databaseName: string;
  readonly database: DatabaseHandle;
  /** For looking at rows, past the product's own code. */
  readonly sql: Pool;
  readonly server: ServerMachine;
  readonly clients: readonly ClientMachine[];
  /** The server's. */
  readonly dataDir: string;
  readonly folder: string;
  /** Ends all processes and connections; database and files stay as they are. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export async function openLane(postgresUrl: string): Promise<Lane> {
  const folder = await mkdtemp(join(tmpdir(), 'gabinet-faults-'));
  const created = await createDatabase(postgresUrl);
  const { url } = created;
  const database = openDatabase(url, pino({ level: 'silent' }));
  const sql = openSql(url);
  await installFullDisk(sql);
  const dataDir = join(folder, 'server');
  const server = new ServerMachine({ databaseUrl: url, dataDir });
  const compileCache = join(folder, 'compile-cache');
  const clients = Array.from(
    { length: MAX_CLIENTS },
    (_, number) => new ClientMachine(number, { serverUrl: () => server.url, compileCache }),
  );
  await Promise.all(clients.map(({ wire }) => wire.listen()));
  await server.start();
  let resting: Promise<void> | null = null;
  const rest = () => {
    resting ??= (async () => {
      await Promise.all(clients.map((client) => client.close()));
      await server.stop();
      await Promise.all([database.close(), sql.end()]);
    })();
    return resting;
  };
  const close = async () => {
    await rest();
    await created.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    postgresUrl,
    databaseUrl: url,
    databaseName: new URL(url).pathname.slice(1),
    database,
    sql,
    server,
    clients,
    dataDir,
    folder,
    rest,
    close,
  };
}

/**
 * For reading rows. The next query reports a lost connection, but an unhandled error event would
 * end the runner.
 */
export function openSql(url: string): Pool {
  const sql = new Pool({ connectionString: url, max: 2 });
  const heard = () => undefined;
  sql.on('error', heard);
  sql.on('connect', (client) => client.on('error', heard));
  return sql;
}
