import type { AccessSubject } from '../../shared/domain/access-policy.ts';
import { FairQueue, type QueueLimits, type QueuePlace } from './fair-queue.ts';

/**
 * Further ones are refused; a client that sends this many at once does not wait for any of them.
 */
const WAITING = { waitingPerUser: 64, waiting: 1000 };

/**
 * The limits of each kind of request, per server process. One customer never gets everything, so
 * the request of another one begins at once.
 */
export const QUEUE_LIMITS = {
  /**
   * Looking up who sent a request, by its token: hundreds of requests with one token must not take
   * all connections of the pool.
   */
  callers: { atOnce: 8, perCustomer: 2, perUser: 2, waitingPerUser: 500, waiting: 5000 },
  /**
   * A full page takes a connection of the pool and some 30 ms of the main thread. A client that
   * follows a feed asks for one page at a time.
   */
  feed: { atOnce: 4, perCustomer: 2, perUser: 1, ...WAITING },
  /**
   * Checking and storing a file. One of 50 MiB keeps both file workers busy, so a second one of the
   * same user would gain nothing.
   */
  checks: { atOnce: 3, perCustomer: 2, perUser: 1, ...WAITING },
  /** Bodies that are received. They take hardly any work but may take minutes. */
  uploads: { atOnce: 64, perCustomer: 32, perUser: 8, ...WAITING },
  /** Until the last byte is sent. */
  downloads: { atOnce: 64, perCustomer: 32, perUser: 16, ...WAITING },
} as const satisfies Readonly<Record<string, QueueLimits>>;

export type QueueName = keyof typeof QUEUE_LIMITS;
export type RequestQueues = Readonly<Record<QueueName, FairQueue>>;

export function createRequestQueues(): RequestQueues {
  return {
    callers: new FairQueue(QUEUE_LIMITS.callers),
    feed: new FairQueue(QUEUE_LIMITS.feed),
    checks: new FairQueue(QUEUE_LIMITS.checks),
    uploads: new FairQueue(QUEUE_LIMITS.uploads),
    downloads: new FairQueue(QUEUE_LIMITS.downloads),
  };
}

/** Administrators belong to no customer; together they count as one. No row has this ID. */
const ADMINISTRATORS = 0;

/**
 * The place of a caller, whatever the request is about: a customer that the request names could be
 * anybody's. A member of several customers counts in the first of them.
 */
export function queuePlaceOf({ userId, memberships }: AccessSubject<number> & { readonly userId: number }): QueuePlace {
  const customers = memberships.map(({ customer }) => customer);
  return { customer: customers.length === 0 ? ADMINISTRATORS : Math.min(...customers), user: userId };
}
