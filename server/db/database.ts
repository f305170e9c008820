import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { type Listener, type ListenerOptions, startListener } from './listener.ts';

/** Enough for the requests of one process; several processes share one server's `max_connections`. */
const POOL_CONNECTIONS = 12;
/** A request that cannot get a connection in this time answers 503 instead of piling up. */
const CONNECT_LIMIT_MS = 10 * SECOND_MS;

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Where a query may run: on the pool, or inside a transaction. */
export type Queryable = Database | Transaction;

export interface DatabaseHandle {
  readonly db: Database;
  readonly pool: Pool;
  /** Hears what commits tell, on a connection of its own. Close it before the database. */
  listen(options: Omit<ListenerOptions, 'url' | 'log'>): Listener;
  close(): Promise<void>;
}

export function openDatabase(url: string, log: Logger): DatabaseHandle {
  const pool = new Pool({
    connectionString: url,
    max: POOL_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'gabinet-server',
  });
  let isClosing = false;
  // A connection that breaks is replaced by the pool; unheard, its error would end the process. The error object
  // itself carries the whole client, so only its words are logged.
  const heard = ({ message }: Error) =>
    log[isClosing ? 'debug' : 'warn']({ reason: message }, 'a database connection broke');
  pool.on('error', heard);
  pool.on('connect', (client) => client.on('error', heard));
  const close = () => {
    isClosing = true;
    return pool.end();
  };
  return { db: drizzle({ client: pool }), pool, listen: (options) => startListener({ ...options, url, log }), close };
}
