import { setImmediate as turn } from 'node:timers/promises';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, cancelledFailure } from '../../node/api-client/api-failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { FeedPosition } from '../db/customers-repository.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { type FeedPage, type FeedSlice, fetchPage, notUnderstood, SLICE_CHANGES, slicePage } from './feed-page.ts';

/** What every reader of a feed needs. */
export interface FeedContext {
  readonly api: ApiClient;
  readonly signal: AbortSignal;
  /**
   * Changes when an own operation writes to the library. A page that was requested before that may
   * be older.
   */
  ownChanges(): number;
  /** Called if there is more than one page, because this takes a while. */
  onLongPull(): void;
}

/** Why a pull ended early; `disk`: what it read could not be stored. */
export type PullFailure = ApiFailure | NotStored;
type NotStored = WriteFailure & { readonly kind: 'disk' };

export interface FeedReading {
  readonly customerUuid: string;
  /** Null: from the beginning. */
  readonly since: FeedPosition | null;
  /** Stores a slice with its position, completely or not at all. */
  store(slice: FeedSlice): Result<void, WriteFailure>;
  /**
   * Called at the end of the feed, if no own operation has written to the library since the last
   * request.
   */
  finish?(position: FeedPosition): Result<void, WriteFailure>;
}

/**
 * `read`: to the end. `expired`: the server no longer has all deletions after the cursor, or has
 * another history. `shorter`: the server was restored from an older state.
 */
export type FeedEnd = 'read' | 'expired' | 'shorter';

/** A request in flight, and the state of this library when it was sent. */
interface PageRequest {
  readonly since: FeedPosition;
  readonly ownChanges: number;
  readonly page: Promise<Result<FeedPage, ApiFailure>>;
  cancel(): Promise<void>;
}

/** Reads the feed, starting after `since`. The next page is fetched while one is being stored. */
export async function readFeed(context: FeedContext, reading: FeedReading): Promise<Result<FeedEnd, PullFailure>> {
  const reader = new FeedReader(context, reading);
  try {
    return await reader.read();
  } finally {
    await reader.end();
  }
}

const BEGINNING: FeedPosition = { cursor: 0, feedId: '' };

class FeedReader {
  readonly #context: FeedContext;
  readonly #reading: FeedReading;
  #since: FeedPosition;
  #floor = 0;
  #pending: PageRequest | null = null;

  constructor(context: FeedContext, reading: FeedReading) {
    this.#context = context;
    this.#reading = reading;
    this.#since = reading.since ?? BEGINNING;
  }

  async read(): Promise<Result<FeedEnd, PullFailure>> {
    for (;;) {
      const request = this.#pending ?? this.#request(this.#since);
      this.#pending = request;
      const page = await request.page;
      this.#pending = null;
      if (!page.ok) return page.failure.code === 'cursor_expired' ? ok('expired') : page;
      if (this.#context.signal.aborted) return fail(cancelledFailure());
      if (this.#isStale(request)) continue;
      if (page.value.cursor < request.since.cursor) return ok('shorter');
      const stored = await this.#storePage(request, page.value);
      if (!stored.ok) return stored;
      if (stored.value === 'end') return ok('read');
    }
  }

  /** Cancels a page that is still being fetched. */
  async end(): Promise<void> {
    await this.#pending?.cancel();
  }

  #request(since: FeedPosition): PageRequest {
    const { api, signal } = this.#context;
    const { customerUuid } = this.#reading;
    const cancelling = new AbortController();
    const query = {
      since: since.cursor,
      feed_id: since.feedId,
      floor: this.#floor,
      customer_uuid: customerUuid,
    };
    const page = fetchPage(api, query, AbortSignal.any([signal, cancelling.signal]));
    return {
      since,
      ownChanges: this.#context.ownChanges(),
      page,
      cancel: async () => {
        cancelling.abort();
        await page;
      },
    };
  }

  #isStale({ ownChanges }: PageRequest): boolean {
    return this.#context.ownChanges() !== ownChanges;
  }

  /**
   * `again`: an own operation wrote to the library in the meantime, so the rest of the page was
   * discarded.
   */
  async #storePage(request: PageRequest, page: FeedPage): Promise<Result<'more' | 'again' | 'end', PullFailure>> {
    this.#floor = page.floor;
    if (page.hasMore) {
      this.#pending = this.#request({ cursor: page.cursor, feedId: page.feedId });
      this.#context.onLongPull();
    }
    const isLong = page.changes.length > SLICE_CHANGES;
    for (const slice of slicePage(page)) {
      if (slice === null) return fail(notUnderstood(this.#context.api));
      // Reading a slice is one turn of the main thread, storing it the next one.
      if (isLong) await turn();
      if (this.#context.signal.aborted) return fail(cancelledFailure());
      if (this.#isStale(request)) return this.#again();
      const stored = this.#reading.store(slice);
      if (!stored.ok) return fail(diskFailure(stored.failure));
      this.#since = slice.position;
      if (isLong && slice.position.cursor !== page.cursor) await turn();
    }
    if (page.hasMore) return ok('more');
    const finished = this.#reading.finish?.(this.#since) ?? ok(undefined);
    return finished.ok ? ok('end') : fail(diskFailure(finished.failure));
  }

  async #again(): Promise<Result<'again', never>> {
    await this.end();
    this.#pending = null;
    return ok('again');
  }
}

export function diskFailure(failure: WriteFailure): PullFailure {
  return { ...failure, kind: 'disk' };
}

export function writeFailureOf({ kind: _kind, ...failure }: NotStored): WriteFailure {
  return failure;
}
