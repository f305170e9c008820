import type { Readable } from 'node:stream';
import { inArray } from 'drizzle-orm';
import type { Logger } from 'pino';
import { EVENTS_HEARTBEAT_MS } from '../../../shared/api/changes.ts';
import type { AccessSubject } from '../../../shared/domain/access-policy.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { DatabaseHandle, Queryable } from '../../db/database.ts';
import type { DatabaseListener } from '../../db/listener.ts';
import { customers } from '../../db/schema/customers.ts';
import type { ServiceFailure, ServiceResult } from '../../failures/service-failure.ts';
import { ACCESS_NOTICE, FEED_CHANNEL, type FeedNumber, readNotice } from '../../history/feed-notices.ts';
import { type CallerSource, findSignedInCallers } from '../accounts/find-callers.ts';
import { ChangeStream } from './change-stream.ts';

/**
 * A user has a few machines. If there are more streams, the oldest one ends; a broken network may
 * have left it behind.
 */
export const MAX_STREAMS_PER_USER = 16;

export interface ChangeEventsOptions {
  readonly database: DatabaseHandle;
  readonly log: Logger;
  readonly callers: CallerSource;
  readonly heartbeatMs?: number;
}

/**
 * Notifies readers when change feeds advance, for commits of this process and of all others on the
 * database.
 */
export class ChangeEvents {
  readonly #options: ChangeEventsOptions;
  /** Oldest first. */
  readonly #streams = new Set<ChangeStream>();
  readonly #timer: NodeJS.Timeout;
  #listener: DatabaseListener | null = null;
  #isClosed = false;
  #isCheckingAccess = false;
  #hasAccessChanged = false;
  /** The running heartbeat, and when it started (monotonic, in ms). */
  #beat: { readonly done: Promise<void>; readonly beganMs: number } | null = null;

  constructor(options: ChangeEventsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#startBeat(), options.heartbeatMs ?? EVENTS_HEARTBEAT_MS);
    this.#timer.unref();
  }

  /**
   * Opens a stream of server-sent events that starts with the current number of each feed. Failure:
   * `unavailable` (the server is shutting down).
   */
  async open(caller: Caller): ServiceResult<Readable> {
    if (this.#isClosed) return fail(SHUTTING_DOWN);
    this.#listener ??= this.#listen();
    const stream = new ChangeStream(caller);
    // Subscribe before reading the numbers: a commit in between may be sent twice, but is never
    // missed.
    this.#streams.add(stream);
    stream.on('close', () => this.#streams.delete(stream));
    this.#endSurplus(caller.userId);
    try {
      for (const number of await readNumbers(this.#options.database.db, [stream])) stream.notify(number);
    } catch (error) {
      stream.destroy();
      throw error;
    }
    return ok(stream);
  }

  /** Ends all streams and stops listening. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#endAll();
    await this.#beat?.done;
    await this.#listener?.close();
  }

  #listen(): DatabaseListener {
    const { database, log } = this.#options;
    const onNotice = (payload: string) => {
      if (payload === ACCESS_NOTICE) {
        void this.#followAccess();
        return;
      }
      const number = readNotice(payload);
      if (number) for (const stream of this.#streams) stream.notify(number);
    };
    // Notices from before are lost.
    const onListening = () => {
      void this.#followAccess();
      this.#refresh().catch((error: unknown) =>
        log.warn({ err: error }, 'could not read the numbers of the change feeds'),
      );
    };
    return database.listen({ channel: FEED_CHANNEL, onNotice, onListening });
  }

  /** Sends the current numbers, in case notices were missed. */
  async #refresh(): Promise<void> {
    const streams = [...this.#streams];
    if (streams.length === 0) return;
    const numbers = await readNumbers(this.#options.database.db, streams);
    for (const stream of streams) for (const number of numbers) stream.notify(number);
  }

  /**
   * Starts a heartbeat unless one is running. If the running one takes too long, the database
   * hangs; then all streams end, because nobody may read without being checked.
   */
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

  /**
   * Ends the streams of users who may no longer read them, and all streams if that cannot be
   * checked. Clients reconnect.
   */
  async #runBeat(): Promise<void> {
    const streams = [...this.#streams];
    if (streams.length === 0) return;
    try {
      this.#listener?.check();
      await this.#endForbidden();
      await this.#refresh();
      for (const stream of this.#streams) stream.beat();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'ended all event streams because their sessions could not be checked');
      this.#endAll();
    }
  }

  /** Ends the streams of users who may no longer read them. */
  async #endForbidden(): Promise<void> {
    const streams = [...this.#streams];
    const sessionIds = streams.map(({ caller }) => caller.credential.id);
    const signedIn = await findSignedInCallers(this.#options.callers, sessionIds);
    for (const stream of streams) {
      if (!hasSameAccess(stream.caller, signedIn.get(stream.caller.credential.id))) stream.end();
    }
  }

  /** Checks all streams now instead of at the next heartbeat, which makes good what fails here. */
  async #followAccess(): Promise<void> {
    this.#hasAccessChanged = true;
    if (this.#isCheckingAccess) return;
    this.#isCheckingAccess = true;
    try {
      while (this.#hasAccessChanged && this.#streams.size > 0) {
        this.#hasAccessChanged = false;
        await this.#endForbidden();
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'could not check the event streams after a change of access');
    } finally {
      this.#isCheckingAccess = false;
    }
  }

  #endSurplus(userId: number): void {
    const own = [...this.#streams].filter(({ caller }) => caller.userId === userId);
    for (const stream of own.slice(0, Math.max(0, own.length - MAX_STREAMS_PER_USER))) stream.end();
  }
}

const SHUTTING_DOWN: ServiceFailure = { code: 'unavailable', detail: 'The server is shutting down.' };

/**
 * Whether the session is still valid with the same memberships. If those changed, the client
 * reconnects with its new permissions.
 */
function hasSameAccess(caller: Caller, now: AccessSubject<number> | undefined): boolean {
  return now !== undefined && accessKey(now) === accessKey(caller);
}

const accessKey = ({ isAdmin, memberships }: AccessSubject<number>) => JSON.stringify([isAdmin, memberships]);

/** The current numbers of the feeds that these readers may follow. */
async function readNumbers(db: Queryable, streams: readonly ChangeStream[]): Promise<FeedNumber[]> {
  const callers = streams.map(({ caller }) => caller);
  const own = new Set(callers.flatMap(({ memberships }) => memberships.map(({ customer }) => customer)));
  const isAll = callers.some(({ isAdmin }) => isAdmin);
  return db
    .select({ id: customers.id, uuid: customers.uuid, seq: customers.feedSeq })
    .from(customers)
    .where(isAll ? undefined : inArray(customers.id, [...own]))
    .orderBy(customers.id);
}
