import { setImmediate as turn } from 'node:timers/promises';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import { type ApiFailure, cancelledFailure } from '../api/api-failure.ts';
import { type FeedPage, type FeedSlice, fetchPage, notUnderstood, SLICE_CHANGES, slicesOf } from './feed-page.ts';

/** What reading a feed needs, whatever becomes of what is read. */
export interface FeedContext {
  readonly api: ApiClient;
  readonly signal: AbortSignal;
  /** Changes whenever an own operation wrote to the library: a page asked for before may be older than that. */
  ownChanges(): number;
  /** There is more than one page: this takes a while. */
  onLongPull(): void;
}

export interface FeedReading {
  /** Named by admins only. */
  readonly customerUuid: string | null;
  readonly since: number;
  /** Stores a slice with its cursor, all of it or nothing. */
  store(slice: FeedSlice): void;
  /** The feed is read to its end, and nothing happened here since that was asked for. */
  finish?(cursor: number): void;
}

/** `read`: to the end. `expired`: deletions after the cursor may be forgotten. `shorter`: the server was restored from an older state. */
export type FeedEnd = 'read' | 'expired' | 'shorter';

/** A question on its way, and what was true here when it was asked. */
interface Asked {
  readonly since: number;
  readonly ownChanges: number;
  readonly answer: Promise<Result<FeedPage, ApiFailure>>;
  cancel(): Promise<void>;
}

/** Reads the feed from `since` on; while a page is stored the next one is on its way. */
export async function readFeed(context: FeedContext, reading: FeedReading): Promise<Result<FeedEnd, ApiFailure>> {
  const reader = new FeedReader(context, reading);
  try {
    return await reader.read();
  } finally {
    await reader.end();
  }
}

class FeedReader {
  readonly #context: FeedContext;
  readonly #reading: FeedReading;
  #since: number;
  #floor = 0;
  #asked: Asked | null = null;

  constructor(context: FeedContext, reading: FeedReading) {
    this.#context = context;
    this.#reading = reading;
    this.#since = reading.since;
  }

  async read(): Promise<Result<FeedEnd, ApiFailure>> {
    for (;;) {
      const asked = this.#asked ?? this.#ask(this.#since);
      this.#asked = asked;
      const page = await asked.answer;
      this.#asked = null;
      if (!page.ok) return page.failure.failure.code === 'cursor_expired' ? ok('expired') : page;
      if (this.#context.signal.aborted) return fail(cancelledFailure());
      if (this.#isStale(asked)) continue;
      if (page.value.cursor < asked.since) return ok('shorter');
      const stored = await this.#storePage(asked, page.value);
      if (!stored.ok) return stored;
      if (stored.value === 'end') return ok('read');
    }
  }

  /** What is still on its way is not waited for. */
  async end(): Promise<void> {
    await this.#asked?.cancel();
  }

  #ask(since: number): Asked {
    const { api, signal } = this.#context;
    const { customerUuid } = this.#reading;
    const cancelling = new AbortController();
    const question = {
      since,
      floor: this.#floor,
      ...(customerUuid === null ? {} : { customer_uuid: customerUuid }),
    };
    const answer = fetchPage(api, question, AbortSignal.any([signal, cancelling.signal]));
    return {
      since,
      ownChanges: this.#context.ownChanges(),
      answer,
      cancel: async () => {
        cancelling.abort();
        await answer;
      },
    };
  }

  #isStale({ ownChanges }: Asked): boolean {
    return this.#context.ownChanges() !== ownChanges;
  }

  /** `again`: something happened here meanwhile, the rest of the page was thrown away. */
  async #storePage(asked: Asked, page: FeedPage): Promise<Result<'more' | 'again' | 'end', ApiFailure>> {
    this.#floor = page.floor;
    if (page.hasMore) {
      this.#asked = this.#ask(page.cursor);
      this.#context.onLongPull();
    }
    const isLong = page.changes.length > SLICE_CHANGES;
    for (const slice of slicesOf(page)) {
      if (slice === null) return fail(notUnderstood(this.#context.api));
      // Reading a slice is one turn of the main thread, storing it the next one.
      if (isLong) await turn();
      if (this.#context.signal.aborted) return fail(cancelledFailure());
      if (this.#isStale(asked)) return this.#again();
      this.#reading.store(slice);
      this.#since = slice.cursor;
      if (isLong && slice.cursor !== page.cursor) await turn();
    }
    if (page.hasMore) return ok('more');
    this.#reading.finish?.(page.cursor);
    return ok('end');
  }

  async #again(): Promise<Result<'again', ApiFailure>> {
    await this.end();
    this.#asked = null;
    return ok('again');
  }
}
