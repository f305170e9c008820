import { describe, expect, it } from 'vitest';
import { FairQueue, type QueueLimits, type QueuePlace } from '../../../server/queues/fair-queue.ts';
import { queuePlaceOf } from '../../../server/queues/request-queues.ts';
import { ok } from '../../../shared/lib/result.ts';

const ONE_AT_ONCE: QueueLimits = { atOnce: 1, perCustomer: 1, perUser: 1, waitingPerUser: 100, waiting: 1000 };

/** Requests by name, such as `A1`: the customer and the user, whose user is `A1`, too. */
class Desk {
  readonly begun: string[] = [];
  readonly #queue: FairQueue;
  readonly #leaves = new Map<string, () => void>();

  constructor(limits: Partial<QueueLimits> = {}) {
    this.#queue = new FairQueue({ ...ONE_AT_ONCE, ...limits });
  }

  async send(user: string, gone: AbortSignal | null = null): Promise<string> {
    const entered = await this.#queue.enter(placeOf(user), gone);
    if (!entered.ok) return entered.failure.code;
    this.begun.push(user);
    this.#leaves.set(user, entered.value);
    return 'ok';
  }

  /** Ends the request of this user that began last. */
  async end(user: string): Promise<void> {
    this.#leaves.get(user)?.();
    await settled();
  }

  async endAll(): Promise<void> {
    for (let at = 0; at < this.begun.length; at += 1) await this.end(this.begun[at] ?? '');
  }
}

const placeOf = (user: string): QueuePlace => ({ customer: user.slice(0, 1), user });
/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a free place', () => {
  it('goes to each customer in turn, however many requests one of them sends', async () => {
    const desk = new Desk();
    const sent = ['A1', 'A1', 'A1', 'A1', 'B1', 'B1', 'C1'].map((user) => desk.send(user));
    await settled();
    await desk.endAll();
    await Promise.all(sent);
    expect(desk.begun).toEqual(['A1', 'B1', 'C1', 'A1', 'B1', 'A1', 'A1']);
  });

  it('goes to each user of a customer in turn', async () => {
    const desk = new Desk();
    const sent = ['A1', 'A1', 'A1', 'A2', 'A3', 'A2'].map((user) => desk.send(user));
    await settled();
    await desk.endAll();
    await Promise.all(sent);
    expect(desk.begun).toEqual(['A1', 'A2', 'A3', 'A1', 'A2', 'A1']);
  });

  it('gives nothing extra to a customer with many users', async () => {
    const desk = new Desk();
    const sent = ['A1', 'A2', 'A3', 'A4', 'B1', 'B1'].map((user) => desk.send(user));
    await settled();
    await desk.endAll();
    await Promise.all(sent);
    expect(desk.begun).toEqual(['A1', 'B1', 'A2', 'B1', 'A3', 'A4']);
  });

  it('goes first to the customer with the fewest running', async () => {
    const desk = new Desk({ atOnce: 3, perCustomer: 3, perUser: 1 });
    const sent = ['A1', 'A2', 'B1', 'A3', 'B2'].map((user) => desk.send(user));
    await settled();
    await desk.end('B1');
    expect(desk.begun).toEqual(['A1', 'A2', 'B1', 'B2']);
    await desk.endAll();
    await Promise.all(sent);
  });
});

describe('the limits', () => {
  it('leave places free for other customers', async () => {
    const desk = new Desk({ atOnce: 3, perCustomer: 2, perUser: 2 });
    const sent = ['A1', 'A1', 'A2', 'A3', 'B1'].map((user) => desk.send(user));
    await settled();
    expect(desk.begun).toEqual(['A1', 'A1', 'B1']);
    await desk.endAll();
    await Promise.all(sent);
  });

  it('of a user hold nobody else up', async () => {
    const desk = new Desk({ atOnce: 4, perCustomer: 4, perUser: 1 });
    const sent = ['A1', 'A1', 'A1', 'A2'].map((user) => desk.send(user));
    await settled();
    expect(desk.begun).toEqual(['A1', 'A2']);
    await desk.endAll();
    await Promise.all(sent);
    expect(desk.begun).toHaveLength(4);
  });

  it('refuse a user with too many waiting, and nobody else, with the time to wait', async () => {
    const queue = new FairQueue({ ...ONE_AT_ONCE, waitingPerUser: 2 });
    const enter = (user: string) => queue.enter(placeOf(user), null);
    await enter('A1');
    void enter('A1');
    void enter('A1');
    expect(await enter('A1')).toMatchObject({
      ok: false,
      failure: { code: 'too_many_requests', retryAfterSeconds: expect.any(Number) },
    });
    const other = Promise.race([enter('A2'), settled().then(() => 'waits')]);
    expect(await other).toBe('waits');
  });

  it('refuse everybody when too many wait in total', async () => {
    const queue = new FairQueue({ ...ONE_AT_ONCE, waiting: 1 });
    await queue.enter(placeOf('A1'), null);
    void queue.enter(placeOf('A1'), null);
    expect(await queue.enter(placeOf('B1'), null)).toMatchObject({
      ok: false,
      failure: { code: 'unavailable', retryAfterSeconds: expect.any(Number) },
    });
  });
});

describe('a client that goes away', () => {
  it('leaves the queue, and its place goes to nobody', async () => {
    const desk = new Desk();
    const gone = new AbortController();
    const [first, second, third] = [desk.send('A1'), desk.send('B1', gone.signal), desk.send('C1')];
    await settled();
    gone.abort();
    expect(await second).toBe('unavailable');
    await desk.end('A1');
    expect(desk.begun).toEqual(['A1', 'C1']);
    await desk.endAll();
    await Promise.all([first, third]);
  });

  it('makes room for others that wait', async () => {
    const queue = new FairQueue({ ...ONE_AT_ONCE, waiting: 1 });
    const gone = new AbortController();
    await queue.enter(placeOf('A1'), null);
    const waiting = queue.enter(placeOf('B1'), gone.signal);
    gone.abort();
    await waiting;
    const next = Promise.race([queue.enter(placeOf('C1'), null), settled().then(() => 'waits')]);
    expect(await next).toBe('waits');
  });

  it('before its request arrived gets no place', async () => {
    const queue = new FairQueue(ONE_AT_ONCE);
    expect(await queue.enter(placeOf('A1'), AbortSignal.abort())).toMatchObject({ ok: false });
    expect(await queue.enter(placeOf('B1'), null)).toMatchObject({ ok: true });
  });
});

it('a place that is given back twice counts once', async () => {
  const queue = new FairQueue({ ...ONE_AT_ONCE, atOnce: 2 });
  const entered = await queue.enter(placeOf('A1'), null);
  await queue.enter(placeOf('B1'), null);
  if (entered.ok) for (let times = 0; times < 2; times += 1) entered.value();
  await queue.enter(placeOf('C1'), null);
  const fourth = Promise.race([queue.enter(placeOf('D1'), null), settled().then(() => 'waits')]);
  expect(await fourth).toBe('waits');
});

it('a place is free again after work that throws', async () => {
  const queue = new FairQueue(ONE_AT_ONCE);
  await expect(queue.run(placeOf('A1'), null, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await queue.run(placeOf('B1'), null, async () => ok('done'))).toEqual(ok('done'));
});

describe('the place of a caller', () => {
  const member = (customer: number) => ({ customer, role: 'designer', project: null }) as const;

  it('is in one customer, also with several memberships', () => {
    expect(queuePlaceOf({ userId: 7, isAdmin: false, memberships: [member(5), member(3)] })).toEqual({
      customer: 3,
      user: 7,
    });
  });

  it('of administrators is beside all customers', () => {
    expect(queuePlaceOf({ userId: 1, isAdmin: true, memberships: [] })).toEqual({ customer: 0, user: 1 });
  });
});
