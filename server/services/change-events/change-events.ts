import type { Readable } from 'node:stream';
import { inArray } from 'drizzle-orm';
import type { Logger } from 'pino';
import { EVENTS_HEARTBEAT_MS } from '../../../shared/api/changes.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { DatabaseHandle, Queryable } from '../../db/database.ts';
import type { Listener } from '../../db/listener.ts';
import { customers } from '../../db/schema/customers.ts';
import type { Caller } from '../caller.ts';
import type { ApiFailure } from '../service-failure.ts';
import { findLiveCallers } from '../signed-in-callers.ts';
import { ChangeStream } from './change-stream.ts';
import { FEED_CHANNEL, type FeedNumber, readNotice } from './feed-notices.ts';

/** A person has a few machines; with more streams the oldest is ended, which may be one that a broken network left behind. */
export const MAX_STREAMS_PER_USER = 16;

export interface ChangeEventsOptions {
  readonly database: DatabaseHandle;
  readonly log: Logger;
  readonly heartbeatMs?: number;
}

/** Tells readers that feeds moved, in this process and all others on the database. */
export interface ChangeEvents {
  /** A stream of server-sent events, the present numbers first. Failure: `unavailable` (the server is ending). */
  open(caller: Caller): Promise<Result<Readable, ApiFailure>>;
  /** Ends all streams and listens no more. */
  close(): Promise<void>;
}

export function createChangeEvents(options: ChangeEventsOptions): ChangeEvents {
  return new ChangeHub(options);
}

class ChangeHub implements ChangeEvents {
  readonly #options: ChangeEventsOptions;
  /** Oldest first. */
  readonly #streams = new Set<ChangeStream>();
  readonly #timer: NodeJS.Timeout;
  #listener: Listener | null = null;
  #isClosed = false;
  /** The running beat, and when it began (ms, never going back). */
  #beat: { readonly done: Promise<void>; readonly beganMs: number } | null = null;

  constructor(options: ChangeEventsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#startBeat(), options.heartbeatMs ?? EVENTS_HEARTBEAT_MS);
    this.#timer.unref();
  }

  async open(caller: Caller): Promise<Result<Readable, ApiFailure>> {
    if (this.#isClosed) return fail(ENDING);
    this.#listener ??= this.#listen();
    const stream = new ChangeStream(caller);
    // First heard of, then asked for: what is committed in between comes twice or once, but never not at all.
    this.#streams.add(stream);
    stream.on('close', () => this.#streams.delete(stream));
    this.#endSurplus(caller.userId);
    try {
      for (const number of await readNumbers(this.#options.database.db, [stream])) stream.tell(number);
    } catch (error) {
      stream.destroy();
      throw error;
    }
    return ok(stream);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#endAll();
    await this.#beat?.done;
    await this.#listener?.close();
  }

  #listen(): Listener {
    const { database, log } = this.#options;
    const onNotice = (payload: string) => {
      const number = readNotice(payload);
      if (number) for (const stream of this.#streams) stream.tell(number);
    };
    const onListening = () => {
      this.#refresh().catch((error: unknown) => log.warn({ err: error }, 'the feeds’ numbers could not be read'));
    };
    return database.listen({ channel: FEED_CHANNEL, onNotice, onListening });
  }

  /** Notices that were missed are made up for. */
  async #refresh(): Promise<void> {
    const streams = [...this.#streams];
    if (streams.length === 0) return;
    const numbers = await readNumbers(this.#options.database.db, streams);
    for (const stream of streams) for (const number of numbers) stream.tell(number);
  }

  /** One at a time. A database that hangs is as good as one that is away: nobody listens unchecked. */
  #startBeat(): void {
    if (this.#beat === null) {
      const done = this.#runBeat().finally(() => {
        this.#beat = null;
      });
      this.#beat = { done, beganMs: performance.now() };
    } else if (performance.now() - this.#beat.beganMs > EVENTS_HEARTBEAT_MS) this.#endAll();
  }

  #endAll(): void {
    for (const stream of this.#streams) stream.end();
  }

  /** Who may not listen any more is ended; so is everybody while that cannot be found out. Readers come again. */
  async #runBeat(): Promise<void> {
    const streams = [...this.#streams];
    if (streams.length === 0) return;
    try {
      this.#listener?.check();
      const live = await findLiveCallers(
        this.#options.database.db,
        streams.map(({ caller }) => caller.sessionId),
      );
      for (const stream of streams) if (!isStill(stream.caller, live.get(stream.caller.sessionId))) stream.end();
      await this.#refresh();
      for (const stream of this.#streams) stream.beat();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'streams of changes were ended: their readers could not be checked');
      this.#endAll();
    }
  }

  #endSurplus(userId: number): void {
    const own = [...this.#streams].filter(({ caller }) => caller.userId === userId);
    for (const stream of own.slice(0, Math.max(0, own.length - MAX_STREAMS_PER_USER))) stream.end();
  }
}

const ENDING: ApiFailure = { code: 'unavailable', detail: 'The server is ending.' };

/** The same person with the same reach: with another role or customer, he comes again and gets what is his now. */
function isStill(caller: Caller, now: Pick<Caller, 'role' | 'customerId'> | undefined): boolean {
  return now !== undefined && now.role === caller.role && now.customerId === caller.customerId;
}

/** How far the feeds have come that these readers hear of. */
async function readNumbers(db: Queryable, streams: readonly ChangeStream[]): Promise<FeedNumber[]> {
  const callers = streams.map(({ caller }) => caller);
  const own = [...new Set(callers.flatMap(({ customerId }) => customerId ?? []))];
  const isAll = callers.some(({ role }) => role === 'admin');
  return db
    .select({ id: customers.id, uuid: customers.uuid, seq: customers.feedSeq })
    .from(customers)
    .where(isAll ? undefined : inArray(customers.id, own))
    .orderBy(customers.id);
}
