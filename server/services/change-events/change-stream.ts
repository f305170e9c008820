import { Readable } from 'node:stream';
import { CHANGE_EVENT, type ChangeEvent } from '../../../shared/api/changes.ts';
import type { Caller } from '../caller.ts';
import type { FeedNumber } from './feed-notices.ts';

/** What is not read yet stays below this; more is held as one number a customer. */
const MAX_UNREAD_BYTES = 16 * 1024;
/** A reader who takes nothing for so many heartbeats is gone or cannot keep up. */
const MAX_MISSED_BEATS = 2;

const HEARTBEAT = ': heartbeat\n\n';

/**
 * What one reader of server-sent events gets. However slow the reader, no more is held than the newest number of each customer that it
 * may see: an older number says nothing that the newer one does not.
 */
export class ChangeStream extends Readable {
  readonly caller: Caller;
  readonly #told = new Map<number, number>();
  readonly #waiting = new Map<number, FeedNumber>();
  #isHungry = false;
  #isEnded = false;
  #missedBeats = 0;

  constructor(caller: Caller) {
    super({ highWaterMark: MAX_UNREAD_BYTES });
    this.caller = caller;
    // The head of the answer goes out with it, whatever the feeds say.
    this.push(HEARTBEAT);
  }

  /** Whose changes the reader hears of: the own customer's, an admin everybody's. */
  hears(customerId: number): boolean {
    return this.caller.role === 'admin' || this.caller.customerId === customerId;
  }

  /** Old news and other people's are nothing. */
  tell(number: FeedNumber): void {
    if (!this.hears(number.id) || number.seq <= (this.#told.get(number.id) ?? -1)) return;
    this.#told.set(number.id, number.seq);
    this.#waiting.set(number.id, number);
    this.#flush();
  }

  /** Shows that the connection lives, or ends it where the reader does not read. */
  beat(): void {
    if (this.#isEnded) return;
    if (!this.#isHungry) this.#missedBeats += 1;
    if (this.#missedBeats >= MAX_MISSED_BEATS) this.destroy();
    else if (this.#isHungry) this.#send(HEARTBEAT);
  }

  /** Lets the reader have what was sent, and closes. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.push(null);
  }

  override _read(): void {
    this.#isHungry = true;
    this.#missedBeats = 0;
    this.#flush();
  }

  #flush(): void {
    if (this.#isEnded || !this.#isHungry || this.#waiting.size === 0) return;
    const events = [...this.#waiting.values()].map(formatEvent);
    this.#waiting.clear();
    this.#send(events.join(''));
  }

  #send(text: string): void {
    // More is taken only when the reader asks again.
    this.#isHungry = this.push(text);
  }
}

function formatEvent({ uuid, seq }: FeedNumber): string {
  const data: ChangeEvent = { customer_uuid: uuid, seq };
  return `event: ${CHANGE_EVENT}\ndata: ${JSON.stringify(data)}\n\n`;
}
