import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ServiceFailure, ServiceResult } from '../failures/service-failure.ts';

type Key = number | string;

/** Whom a request belongs to. A customer's users share its turns. */
export interface QueuePlace {
  readonly customer: Key;
  readonly user: Key;
}

export interface QueueLimits {
  /** How many run at once, in total, for one customer, and for one user. */
  readonly atOnce: number;
  readonly perCustomer: number;
  readonly perUser: number;
  /** How many may wait, for one user and in total; further ones are refused. */
  readonly waitingPerUser: number;
  readonly waiting: number;
}

/** Gives the place in the queue to the next one. Calling it again does nothing. */
export type Leave = () => void;

interface Waiting {
  readonly place: QueuePlace;
  readonly begin: () => void;
}

/** What a customer or a user has running, and when it last got a turn. */
interface Share {
  running: number;
  lastTurn: number;
}

/**
 * Lets a few requests run at once and the others wait. A free place goes to the customer with the
 * fewest running, among equals to the one that has waited longest for a turn, and inside a customer
 * to a user in the same way: however many requests one user sends, another customer's is next.
 */
export class FairQueue {
  readonly #limits: QueueLimits;
  readonly #waiting = new Set<Waiting>();
  readonly #customers = new Map<Key, Share>();
  readonly #users = new Map<Key, Share>();
  #running = 0;
  #turns = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** How many run and how many wait now. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running, waiting: this.#waiting.size };
  }

  /**
   * Runs `work` when it is this place's turn. Failures: those of `enter`, and those of `work`.
   */
  async run<Value>(
    place: QueuePlace,
    gone: AbortSignal | null,
    work: () => ServiceResult<Value>,
  ): ServiceResult<Value> {
    const entered = await this.enter(place, gone);
    if (!entered.ok) return entered;
    try {
      return await work();
    } finally {
      entered.value();
    }
  }

  /**
   * Waits for a turn; the caller must call the returned function when its work is done. `gone`: the
   * client went away, so a waiting request leaves the queue. Failures, both with the time after
   * which to try again: `too_many_requests` (this user has too many waiting), `unavailable` (all
   * users together have, or the client is gone).
   */
  async enter(place: QueuePlace, gone: AbortSignal | null): Promise<Result<Leave, ServiceFailure>> {
    if (gone?.aborted) return fail(CLIENT_GONE);
    // Nobody who waits could run now, otherwise they would run already.
    if (this.#mayBegin(place)) return ok(this.#begin(place));
    if (this.#waiting.size >= this.#limits.waiting) return fail(SERVER_BUSY);
    if (this.#countWaiting(place.user) >= this.#limits.waitingPerUser) return fail(USER_BUSY);
    return this.#wait(place, gone);
  }

  #wait(place: QueuePlace, gone: AbortSignal | null): Promise<Result<Leave, ServiceFailure>> {
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.delete(waiting);
        resolve(fail(CLIENT_GONE));
      };
      const waiting: Waiting = {
        place,
        begin: () => {
          gone?.removeEventListener('abort', leave);
          this.#waiting.delete(waiting);
          resolve(ok(this.#begin(place)));
        },
      };
      this.#waiting.add(waiting);
      gone?.addEventListener('abort', leave, { once: true });
    });
  }

  #begin({ customer, user }: QueuePlace): Leave {
    this.#running += 1;
    this.#turns += 1;
    const shares = [shareOf(this.#customers, customer), shareOf(this.#users, user)];
    for (const share of shares) {
      share.running += 1;
      share.lastTurn = this.#turns;
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#running -= 1;
      for (const share of shares) share.running -= 1;
      this.#beginNext();
      this.#forgetIdle();
    };
  }

  #beginNext(): void {
    let next: Waiting | null = null;
    for (const waiting of this.#waiting) {
      if (this.#mayBegin(waiting.place) && (next === null || this.#isBefore(waiting.place, next.place))) next = waiting;
    }
    next?.begin();
  }

  #mayBegin({ customer, user }: QueuePlace): boolean {
    const { atOnce, perCustomer, perUser } = this.#limits;
    return (
      this.#running < atOnce &&
      (this.#customers.get(customer)?.running ?? 0) < perCustomer &&
      (this.#users.get(user)?.running ?? 0) < perUser
    );
  }

  /** Whether one must begin before the other, who came first. */
  #isBefore(one: QueuePlace, other: QueuePlace): boolean {
    return (
      (compareShares(this.#customers.get(one.customer), this.#customers.get(other.customer)) ||
        compareShares(this.#users.get(one.user), this.#users.get(other.user))) < 0
    );
  }

  #countWaiting(user: Key): number {
    let count = 0;
    for (const { place } of this.#waiting) if (place.user === user) count += 1;
    return count;
  }

  /** When nobody waits, nobody's last turn matters. */
  #forgetIdle(): void {
    if (this.#waiting.size > 0) return;
    for (const shares of [this.#customers, this.#users]) {
      for (const [key, { running }] of shares) if (running === 0) shares.delete(key);
    }
  }
}

function shareOf(shares: Map<Key, Share>, key: Key): Share {
  const share = shares.get(key) ?? { running: 0, lastTurn: 0 };
  shares.set(key, share);
  return share;
}

const NO_SHARE: Share = { running: 0, lastTurn: 0 };

/** Negative: `one` comes first. */
function compareShares(one: Share = NO_SHARE, other: Share = NO_SHARE): number {
  return one.running - other.running || one.lastTurn - other.lastTurn;
}

/** Long enough for some of the waiting ones to be done. */
const RETRY_AFTER_SECONDS = 2;

const USER_BUSY: ServiceFailure = {
  code: 'too_many_requests',
  detail: 'Too many of your requests are waiting already.',
  hint: 'Send fewer requests at once, and try again as soon as Retry-After says.',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};

const SERVER_BUSY: ServiceFailure = {
  code: 'unavailable',
  detail: 'Too many requests are waiting already.',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};

const CLIENT_GONE: ServiceFailure = {
  code: 'unavailable',
  detail: 'The client went away before it was its turn.',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};
