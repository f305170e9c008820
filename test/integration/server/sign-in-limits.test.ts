import { eq, isNotNull, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rateLimits } from '../../../server/db/schema/requests.ts';
import { devices, sessions } from '../../../server/db/schema/sign-in.ts';
import {
  FIRST_WAIT_MS,
  FORGET_AFTER_MS,
  LONGEST_WAIT_MS,
} from '../../../server/features/accounts/sign-in/sign-in-limits.ts';
import { sweepRows } from '../../../server/features/housekeeping/sweep-rows.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import { problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/server.ts';
import { TEST_PASSWORD } from '../../support/world.ts';

const DANA = 'dana@aurora.example';
const BO = 'bo@borealis.example';
const PER_ACCOUNT = 3;
const PER_ADDRESS = 8;

let server: TestServer;
const started: TestServer[] = [];

const start = async (options: TestServerOptions = {}) => {
  const limits = { perAccount: PER_ACCOUNT, perAddress: PER_ADDRESS };
  const one = await startTestServer({ signInLimits: limits, ...options });
  started.push(one);
  return one;
};
beforeEach(async () => {
  server = await start();
});
afterEach(async () => {
  for (const one of started.splice(0).toReversed()) await one.stop();
});

interface Try {
  readonly password?: string;
  readonly deviceToken?: string;
  /** What the client, or a proxy in front of the server, sends as X-Forwarded-For. */
  readonly forwardedFor?: string;
  readonly on?: TestServer;
}

function signIn(email: string, { password = TEST_PASSWORD, deviceToken, forwardedFor, on = server }: Try = {}) {
  const body = { email, password, device_token: deviceToken };
  const headers: Record<string, string> = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return on.client().send('POST', '/api/auth/sessions', { body, headers });
}
const statusOf = async (email: string, options?: Try) => (await signIn(email, options)).status;
async function fail(email: string, times: number, options: Try = {}) {
  for (let attempt = 0; attempt < times; attempt += 1) {
    expect(await statusOf(email, { ...options, password: 'wrong' })).toBe(401);
  }
}
const waitOf = async (response: Response) => {
  expect(await problemOf(response)).toMatchObject({ status: 429, code: 'too_many_requests' });
  return Number(response.headers.get('retry-after')) * SECOND_MS;
};
/** Moves every stored window, as if the database's clock had been moved the other way. */
const moveWindows = (ms: number) =>
  server.database.db
    .update(rateLimits)
    .set({ windowEndsAt: sql`${rateLimits.windowEndsAt} + ${ms} * interval '1 millisecond'` });
const pass = (ms: number) => moveWindows(-ms);

describe('failed sign-ins to one account', () => {
  test('are free at first; then even the right password has to wait as long as Retry-After says', async () => {
    await fail(DANA, PER_ACCOUNT);
    const wait = await waitOf(await signIn('DANA@aurora.example'));
    expect(wait).toBeGreaterThan(FIRST_WAIT_MS - 5 * SECOND_MS);
    expect(wait).toBeLessThanOrEqual(FIRST_WAIT_MS);
    await pass(FIRST_WAIT_MS);
    expect(await statusOf(DANA)).toBe(201);
  });

  test('double the wait each, up to a limit', async () => {
    await fail(DANA, PER_ACCOUNT);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      waits.push(await waitOf(await signIn(DANA)));
      await pass(LONGEST_WAIT_MS);
      // Attempts from one address are counted, too; not here.
      await server.database.db.delete(rateLimits).where(sql`${rateLimits.key} like 'sign-in from %'`);
      await fail(DANA, 1);
    }
    const expected = [1, 2, 4, 8, 16, 32, 64].map((times) => Math.min(times * FIRST_WAIT_MS, LONGEST_WAIT_MS));
    waits.forEach((wait, index) => {
      expect(wait).toBeLessThanOrEqual(expected[index] ?? 0);
      expect(wait).toBeGreaterThan((expected[index] ?? 0) - 10 * SECOND_MS);
    });
  });

  test('while waiting do not make the wait longer', async () => {
    await fail(DANA, PER_ACCOUNT);
    for (const password of ['wrong', 'wrong again', TEST_PASSWORD]) await waitOf(await signIn(DANA, { password }));
    await pass(FIRST_WAIT_MS);
    expect(await statusOf(DANA)).toBe(201);
  });

  test('are forgotten after a success', async () => {
    await fail(DANA, PER_ACCOUNT - 1);
    expect(await statusOf(DANA)).toBe(201);
    await fail(DANA, PER_ACCOUNT - 1);
    expect(await statusOf(DANA)).toBe(201);
  });

  test('are forgotten after a day without another', async () => {
    await fail(DANA, PER_ACCOUNT);
    await pass(FORGET_AFTER_MS);
    await fail(DANA, PER_ACCOUNT);
    expect(await waitOf(await signIn(DANA))).toBeLessThanOrEqual(FIRST_WAIT_MS);
  });

  test('do not delay other accounts', async () => {
    await fail(DANA, PER_ACCOUNT);
    expect(await statusOf(BO)).toBe(201);
  });

  test('that arrive at the same time cannot overtake the counter', async () => {
    const statuses = await Promise.all(
      Array.from({ length: PER_ADDRESS }, () => statusOf(DANA, { password: 'wrong' })),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(PER_ACCOUNT);
  });

  test('are counted by all server processes together', async () => {
    const other = await start({ shareWith: server });
    await fail(DANA, 1);
    await fail(DANA, PER_ACCOUNT - 1, { on: other });
    expect(await statusOf(DANA)).toBe(429);
  });

  test('wait no longer than that if the clock was 85 days ahead for a while', async () => {
    await fail(DANA, PER_ACCOUNT);
    await moveWindows(85 * DAY_MS);
    expect(await waitOf(await signIn(DANA))).toBeLessThanOrEqual(FIRST_WAIT_MS);
    await pass(FIRST_WAIT_MS);
    expect(await statusOf(DANA)).toBe(201);
  });
});

describe('a device that signed in before', () => {
  const deviceOf = async (email: string) => (await (await signIn(email)).json()).device_token as string;

  test('signs in while somebody else keeps the account locked, which stays locked for others', async () => {
    const deviceToken = await deviceOf(DANA);
    await fail(DANA, PER_ACCOUNT);
    expect(await statusOf(DANA, { deviceToken })).toBe(201);
    expect(await statusOf(DANA)).toBe(429);
  });

  test('signs in while somebody at the same address uses all of its attempts', async () => {
    const deviceToken = await deviceOf(DANA);
    for (let attempt = 1; attempt < PER_ADDRESS; attempt += 1) await fail(`person-${attempt}@aurora.example`, 1);
    expect(await statusOf(BO)).toBe(429);
    expect(await statusOf(DANA, { deviceToken })).toBe(201);
  });

  test('has to wait after its own failures', async () => {
    const deviceToken = await deviceOf(DANA);
    await fail(DANA, PER_ACCOUNT, { deviceToken });
    await waitOf(await signIn(DANA, { deviceToken }));
    expect(await statusOf(DANA)).toBe(201);
  });

  test('is nobody special to other accounts', async () => {
    const deviceToken = await deviceOf(BO);
    await fail(DANA, PER_ACCOUNT);
    expect(await statusOf(DANA, { deviceToken })).toBe(429);
  });
});

describe('sign-ins from one address', () => {
  const failAsMany = async (times: number, options: Try = {}) => {
    for (let attempt = 0; attempt < times; attempt += 1) await fail(`person-${attempt}@aurora.example`, 1, options);
  };

  test('are limited, whatever the accounts', async () => {
    await failAsMany(PER_ADDRESS);
    const wait = await waitOf(await signIn(BO));
    expect(wait).toBeLessThanOrEqual(MINUTE_MS);
    await pass(MINUTE_MS);
    expect(await statusOf(BO)).toBe(201);
  });

  test('wait no longer than a minute if the clock was 85 days ahead for a while', async () => {
    await failAsMany(PER_ADDRESS);
    await moveWindows(85 * DAY_MS);
    expect(await waitOf(await signIn(BO))).toBeLessThanOrEqual(MINUTE_MS);
    await pass(MINUTE_MS);
    expect(await statusOf(BO)).toBe(201);
  });

  test('are counted for each client behind a trusted proxy', async () => {
    server = await start({ trustedProxies: 1 });
    await failAsMany(PER_ADDRESS, { forwardedFor: '203.0.113.7' });
    expect(await statusOf(BO, { forwardedFor: '203.0.113.7' })).toBe(429);
    expect(await statusOf(BO, { forwardedFor: '203.0.113.8' })).toBe(201);
  });

  test('cannot be hidden behind an address that the client claims in front of a trusted proxy', async () => {
    server = await start({ trustedProxies: ['127.0.0.1'] });
    for (let attempt = 0; attempt < PER_ADDRESS; attempt += 1) {
      await fail(`person-${attempt}@aurora.example`, 1, { forwardedFor: `198.51.100.${attempt}, 203.0.113.7` });
    }
    expect(await statusOf(BO, { forwardedFor: '198.51.100.99, 203.0.113.7' })).toBe(429);
  });

  test('cannot be hidden behind forwarded addresses if no proxy is trusted', async () => {
    for (let attempt = 0; attempt < PER_ADDRESS; attempt += 1) {
      await fail(`person-${attempt}@aurora.example`, 1, { forwardedFor: `203.0.113.${attempt}` });
    }
    expect(await statusOf(BO, { forwardedFor: '203.0.113.99' })).toBe(429);
  });

  test('are counted together for one IPv6 network of 64 bits', async () => {
    server = await start({ trustedProxies: 1 });
    for (let attempt = 0; attempt < PER_ADDRESS; attempt += 1) {
      await fail(`person-${attempt}@aurora.example`, 1, { forwardedFor: `2001:db8:1:2:${attempt}::1` });
    }
    expect(await statusOf(BO, { forwardedFor: '2001:db8:1:2:ffff::2' })).toBe(429);
    expect(await statusOf(BO, { forwardedFor: '2001:db8:1:3::1' })).toBe(201);
  });
});

test('wrong passwords of somebody who is signed in have to wait like sign-ins, and separately', async () => {
  const dana = server.client(server.people.dana.token);
  const change = (password: string) =>
    dana.send('PUT', '/api/auth/me/password', {
      body: { current_password: password, new_password: 'four words from nowhere' },
    });
  for (let attempt = 0; attempt < PER_ACCOUNT; attempt += 1) expect((await change('wrong')).status).toBe(403);
  expect(await waitOf(await change(TEST_PASSWORD))).toBeLessThanOrEqual(FIRST_WAIT_MS);
  expect(await statusOf(DANA)).toBe(201);
  await pass(FIRST_WAIT_MS);
  expect((await change(TEST_PASSWORD)).status).toBe(204);
  const rows = await server.database.db.select().from(rateLimits).where(eq(rateLimits.attempts, 0));
  expect(rows).toEqual([]);
});

test('the hourly sweep removes what is forgotten, and nothing else', async () => {
  await fail(DANA, PER_ACCOUNT);
  await sweepRows(server.app.context);
  expect(await statusOf(DANA)).toBe(429);
  await pass(FORGET_AFTER_MS);
  await sweepRows(server.app.context);
  expect(await server.database.db.$count(rateLimits)).toBe(0);
});

test('the hourly sweep removes devices that were not used for a year and have no session', async () => {
  const { device_token: kept } = await (await signIn(DANA)).json();
  const { device_token: removed, token } = await (await signIn(DANA)).json();
  await server.client(token).send('DELETE', '/api/auth/sessions/current');
  const { db } = server.database;
  await db.update(sessions).set({ revokedAt: sql`now() - interval '2 days'` }).where(isNotNull(sessions.revokedAt));
  await db.update(devices).set({ lastUsedAt: sql`now() - interval '366 days'` });
  await sweepRows(server.app.context);
  await fail(DANA, PER_ACCOUNT);
  expect(await statusOf(DANA, { deviceToken: kept })).toBe(201);
  expect(await statusOf(DANA, { deviceToken: removed })).toBe(429);
});
