import type { ApiClient } from '../../node/api-client/api-client.ts';
import type { Log } from '../../node/log.ts';
import { type ChangeEvent, EVENTS_HEARTBEAT_MS } from '../../shared/api/changes.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { readEventStream, type StreamEnd } from './event-stream-reader.ts';
import { reconnectDelayMs } from './sync-rules.ts';

/** Two heartbeats and a margin: on a busy network one may be late, but not two. */
export const SILENCE_LIMIT_MS = 2 * EVENTS_HEARTBEAT_MS + 5 * SECOND_MS;
/** A stream that keeps being cut before this is reopened less and less often. */
const STEADY_AFTER_MS = 30 * SECOND_MS;

export interface EventConnectionOptions {
  readonly api: ApiClient;
  readonly log: Log;
  /**
   * Called at the first event of a connection. A buffering proxy may pass on the headers, but no
   * events.
   */
  onUp(): void;
  /** The connection was up and no longer is. */
  onDown(): void;
  /**
   * `isFirst`: the first event of this customer on this connection. It reports the feed's position,
   * not a new change.
   */
  onEvent(event: ChangeEvent, isFirst: boolean): void;
  readonly silenceLimitMs?: number;
  readonly random?: () => number;
}

/**
 * Keeps the stream of change numbers open while somebody is signed in. Polling is less frequent
 * while it is up.
 */
export class EventConnection {
  readonly #options: EventConnectionOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #isUp = false;
  #wake: (() => void) | null = null;
  #lastEnd: StreamEnd['kind'] | null = null;
  #reading: AbortController | null = null;
  /** `reconnect` was called since the last wait. */
  #isHurried = false;

  constructor(options: EventConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run().catch((error: unknown) =>
      this.#options.log.error('The event stream failed unexpectedly', { error: String(error) }),
    );
  }

  isUp(): boolean {
    return this.#isUp;
  }

  /** Call when another request reached the server: reconnects at once. */
  tryNow(): void {
    this.#wake?.();
  }

  /** Call when the connection may be dead without knowing it: opens a new one at once. */
  reconnect(): void {
    this.#reading?.abort();
    this.#isHurried = true;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const openedAtMs = performance.now();
      const end = await this.#readOnce();
      const wasUp = this.#isUp;
      this.#goDown();
      if (this.#stopping.signal.aborted || isSignedOut(end)) return;
      this.#note(end);
      failures = wasUp && performance.now() - openedAtMs >= STEADY_AFTER_MS ? 1 : failures + 1;
      await this.#wait(reconnectDelayMs(failures, this.#options.random ?? Math.random));
    }
  }

  #readOnce(): Promise<StreamEnd> {
    const { api, silenceLimitMs = SILENCE_LIMIT_MS } = this.#options;
    const seen = new Set<string>();
    const reading = new AbortController();
    this.#reading = reading;
    return readEventStream({
      api,
      silenceLimitMs,
      signal: AbortSignal.any([this.#stopping.signal, reading.signal]),
      onEvent: (event) => {
        if (this.#stopping.signal.aborted) return;
        this.#goUp();
        const isFirst = !seen.has(event.customer_uuid);
        seen.add(event.customer_uuid);
        this.#options.onEvent(event, isFirst);
      },
    });
  }

  #goUp(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#lastEnd = null;
    this.#options.onUp();
  }

  #goDown(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    if (!this.#stopping.signal.aborted) this.#options.onDown();
  }

  /** Logged once, not at each attempt: an office behind such a proxy polls all day. */
  #note(end: StreamEnd): void {
    const isNewReason = end.kind !== this.#lastEnd;
    this.#lastEnd = end.kind;
    if (!isNewReason || (end.kind !== 'blocked' && end.kind !== 'silent')) return;
    this.#options.log.warn('The server’s events do not arrive. Polling instead.', { reason: end.kind });
  }

  #wait(delayMs: number): Promise<void> {
    const isHurried = this.#isHurried;
    this.#isHurried = false;
    if (isHurried || this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function isSignedOut(end: StreamEnd): boolean {
  return end.kind === 'failed' && end.failure.kind === 'unauthenticated';
}
