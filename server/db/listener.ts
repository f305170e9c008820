import { Client } from 'pg';
import type { Logger } from 'pino';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/**
 * After a lost connection: at once for a short interruption, rarely while the database is
 * unreachable.
 */
const FIRST_RETRY_MS = SECOND_MS / 4;
const MAX_RETRY_MS = 10 * SECOND_MS;
/** A connection that does not respond for this long is dead, whatever its socket says. */
const RESPONSE_LIMIT_MS = 10 * SECOND_MS;

export interface ListenerOptions {
  readonly url: string;
  /** A plain identifier. */
  readonly channel: string;
  readonly log: Logger;
  readonly onNotice: (payload: string) => void;
  /** Called when listening starts, for the first time or again: earlier notices were missed. */
  readonly onListening: () => void;
}

/**
 * Receives the notices of commits (LISTEN) on its own connection, which is replaced automatically
 * if it breaks.
 */
export class DatabaseListener {
  readonly #options: ListenerOptions;
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #retryMs = FIRST_RETRY_MS;
  #isClosed = false;
  /** Also true while it connects: one query at a time. */
  #isChecking = false;
  #connecting: Promise<void>;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#connecting = this.#connect();
  }

  /** Checks that the connection is alive; a dead one is replaced. */
  check(): void {
    const client = this.#client;
    if (client === null || this.#isChecking) return;
    this.#isChecking = true;
    client
      .query('select 1')
      .catch((error: unknown) => this.#drop(client, error))
      .finally(() => {
        this.#isChecking = false;
      });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#connecting;
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<void> {
    const { url, channel, log, onNotice, onListening } = this.#options;
    const client = new Client({
      connectionString: url,
      application_name: 'gabinet-listener',
      keepAlive: true,
      connectionTimeoutMillis: RESPONSE_LIMIT_MS,
      query_timeout: RESPONSE_LIMIT_MS,
    });
    client.on('error', (error) => this.#drop(client, error));
    client.on('end', () => this.#drop(client, null));
    client.on('notification', ({ payload }) => onNotice(payload ?? ''));
    this.#client = client;
    this.#isChecking = true;
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      this.#drop(client, error);
      return;
    } finally {
      this.#isChecking = false;
    }
    if (this.#isClosed || this.#client !== client) return;
    this.#retryMs = FIRST_RETRY_MS;
    log.debug({ channel }, 'listening to the database');
    onListening();
  }

  /** Abandons a broken connection, once, and reconnects later. */
  #drop(client: Client, error: unknown): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = null;
    const reason = error instanceof Error ? error.message : 'it ended';
    this.#options.log.warn({ reason, retryMs: this.#retryMs }, 'the connection that listens for changes broke');
    // The broken connection may hang; do not wait for it.
    client
      .end()
      .catch((late: unknown) => this.#options.log.debug({ err: late }, 'could not close a broken connection'));
    this.#retry = setTimeout(() => {
      this.#connecting = this.#connect();
    }, this.#retryMs);
    this.#retry.unref();
    this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
  }
}
