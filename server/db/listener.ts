import { Client } from 'pg';
import type { Logger } from 'pino';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/** After a lost connection: at once for a hiccup, rarely while the database is away. */
const FIRST_RETRY_MS = SECOND_MS / 4;
const MAX_RETRY_MS = 10 * SECOND_MS;
/** A connection that does not answer for so long is dead, whatever the socket says. */
const ANSWER_LIMIT_MS = 10 * SECOND_MS;

export interface ListenerOptions {
  readonly url: string;
  /** A plain identifier. */
  readonly channel: string;
  readonly log: Logger;
  readonly onNotice: (payload: string) => void;
  /** Listening from now on, for the first time or again: what was told before was missed. */
  readonly onListening: () => void;
}

/** One connection of its own that hears what commits tell (LISTEN), and comes back by itself when it breaks. */
export interface Listener {
  /** Makes sure that the connection lives; one that is dead is replaced. */
  check(): void;
  close(): Promise<void>;
}

export function startListener(options: ListenerOptions): Listener {
  return new ReconnectingListener(options);
}

class ReconnectingListener implements Listener {
  readonly #options: ListenerOptions;
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #retryMs = FIRST_RETRY_MS;
  #isClosed = false;
  /** Also while it connects: one question at a time. */
  #isChecking = false;
  #connecting: Promise<void>;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#connecting = this.#connect();
  }

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
      connectionTimeoutMillis: ANSWER_LIMIT_MS,
      query_timeout: ANSWER_LIMIT_MS,
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

  /** Gives a broken connection up, once, and tries again later. */
  #drop(client: Client, error: unknown): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = null;
    const reason = error instanceof Error ? error.message : 'it ended';
    this.#options.log.warn({ reason, retryMs: this.#retryMs }, 'the connection that hears of changes broke');
    // What is left of it may hang; nobody waits for that.
    client.end().catch((late: unknown) => this.#options.log.debug({ err: late }, 'a broken connection ended badly'));
    this.#retry = setTimeout(() => {
      this.#connecting = this.#connect();
    }, this.#retryMs);
    this.#retry.unref();
    this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
  }
}
