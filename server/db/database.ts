import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { DatabaseListener, type ListenerOptions } from './listener.ts';

/**
 * Enough for the requests of one process; several processes share the database server's
 * `max_connections`.
 */
const POOL_CONNECTIONS = 12;
/** A request that cannot get a connection within this time fails with 503 instead of queuing up. */
const CONNECT_LIMIT_MS = 10 * SECOND_MS;

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Where a query can run: on the pool, or in a transaction. */
export type Queryable = Database | Transaction;

export interface DatabaseHandle {
  readonly db: Database;
  readonly pool: Pool;
  /** Receives the notices of commits on a separate connection. Close it before the database. */
  listen(options: Omit<ListenerOptions, 'url' | 'log'>): DatabaseListener;
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
  // The pool replaces a broken connection, but without a listener its error would end the process.
  // The error object contains the whole client, so only its message is logged.
  const logBroken = ({ message }: Error) =>
    log[isClosing ? 'debug' : 'warn']({ reason: message }, 'a database connection broke');
  pool.on('error', logBroken);
  pool.on('connect', (client) => client.on('error', logBroken));
  const close = () => {
    isClosing = true;
    return pool.end();
  };
  return {
    db: drizzle({ client: pool }),
    pool,
    listen: (options) => new DatabaseListener({ ...options, url, log }),
    close,
  };
}
