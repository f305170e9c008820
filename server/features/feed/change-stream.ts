import { Readable } from 'node:stream';
import { CHANGE_EVENT, type ChangeEvent } from '../../../shared/api/changes.ts';
import type { Caller } from '../../access/caller.ts';
import type { FeedNumber } from '../../history/feed-notices.ts';

/** Unread bytes stay below this; beyond it only one number per customer is stored. */
const MAX_UNREAD_BYTES = 16 * 1024;
/** A reader that reads nothing for this many heartbeats is gone or cannot keep up. */
const MAX_MISSED_BEATS = 2;

const HEARTBEAT = ': heartbeat\n\n';

/**
 * The stream of one reader of server-sent events. However slow the reader is, only the newest
 * number of each customer is stored: an older one adds nothing to it.
 */
export class ChangeStream extends Readable {
  readonly caller: Caller;
  readonly #sent = new Map<number, number>();
  readonly #pending = new Map<number, FeedNumber>();
  #wantsMore = false;
  #isEnded = false;
  #missedBeats = 0;

  constructor(caller: Caller) {
    super({ highWaterMark: MAX_UNREAD_BYTES });
    this.caller = caller;
    // Sends the response headers at once, even while the feeds are quiet.
    this.push(HEARTBEAT);
  }

  /** Whether the reader may follow this customer's feed. Administrators follow every
   * feed. */
  follows(customerId: number): boolean {
    const { isAdmin, memberships } = this.caller;
    return isAdmin || memberships.some(({ customer }) => customer === customerId);
  }

  /** Sends a number, unless the reader may not see it or already has it. */
  notify(number: FeedNumber): void {
    if (!this.follows(number.id) || number.seq <= (this.#sent.get(number.id) ?? -1)) return;
    this.#sent.set(number.id, number.seq);
    this.#pending.set(number.id, number);
    this.#flush();
  }

  /** Sends a heartbeat, or ends the connection if the reader has stopped reading. */
  beat(): void {
    if (this.#isEnded) return;
    if (!this.#wantsMore) this.#missedBeats += 1;
    if (this.#missedBeats >= MAX_MISSED_BEATS) this.destroy();
    else if (this.#wantsMore) this.#send(HEARTBEAT);
  }

  /** Ends the stream after everything that was sent. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.push(null);
  }

  override _read(): void {
    this.#wantsMore = true;
    this.#missedBeats = 0;
    this.#flush();
  }

  #flush(): void {
    if (this.#isEnded || !this.#wantsMore || this.#pending.size === 0) return;
    const events = [...this.#pending.values()].map(formatEvent);
    this.#pending.clear();
    this.#send(events.join(''));
  }

  #send(text: string): void {
    // Send more only when the reader asks for it.
    this.#wantsMore = this.push(text);
  }
}

function formatEvent({ uuid, seq }: FeedNumber): string {
  const data: ChangeEvent = { customer_uuid: uuid, seq };
  return `event: ${CHANGE_EVENT}\ndata: ${JSON.stringify(data)}\n\n`;
}
