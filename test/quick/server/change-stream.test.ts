import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Caller } from '../../../server/access/caller.ts';
import { ChangeStream } from '../../../server/features/feed/change-stream.ts';

const designer: Caller = {
  userId: 1,
  credential: { kind: 'session', id: 1 },
  email: 'dana@aurora.example',
  name: 'Dana',
  isAdmin: false,
  lacksSecondFactor: false,
  memberships: [{ customer: 7, role: 'designer', project: null }],
};
const admin: Caller = { ...designer, isAdmin: true, memberships: [] };
const number = (id: number, seq: number) => ({ id, uuid: `customer-${id}`, seq });
const event = (id: number, seq: number) => `event: change\ndata: {"customer_uuid":"customer-${id}","seq":${seq}}\n\n`;
const HEARTBEAT = ': heartbeat\n\n';

/** Accepts data only when `take` is called. */
class Pace extends Writable {
  text = '';
  #taken: (() => void) | null = null;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.#taken = done;
  }

  take(): void {
    const taken = this.#taken;
    this.#taken = null;
    taken?.();
  }
}

const idle = () => new Promise((resolve) => setImmediate(resolve));

async function readAll(stream: ChangeStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

test('a stream starts with a comment and sends each number once, never an older one', async () => {
  const stream = new ChangeStream(designer);
  const reading = readAll(stream);
  for (const seq of [3, 3, 2, 4]) {
    stream.notify(number(7, seq));
    await idle();
  }
  stream.end();
  expect(await reading).toBe(HEARTBEAT + event(7, 3) + event(7, 4));
});

test('a stream sends the number 0', async () => {
  const stream = new ChangeStream(designer);
  stream.notify(number(7, 0));
  const reading = readAll(stream);
  await idle();
  stream.end();
  expect(await reading).toBe(HEARTBEAT + event(7, 0));
});

test('a designer gets the numbers of the own customer, an administrator those of all', async () => {
  const streams = [new ChangeStream(designer), new ChangeStream(admin)];
  const reading = streams.map(readAll);
  await idle();
  for (const stream of streams) {
    stream.notify(number(7, 1));
    await idle();
    stream.notify(number(8, 9));
    await idle();
    stream.end();
  }
  expect(await Promise.all(reading)).toEqual([HEARTBEAT + event(7, 1), HEARTBEAT + event(7, 1) + event(8, 9)]);
});

test('a slow reader takes no more memory than the newest number of each customer', async () => {
  const stream = new ChangeStream(admin);
  const pace = new Pace({ highWaterMark: 1 });
  stream.pipe(pace);
  for (let seq = 1; seq <= 50_000; seq += 1) {
    stream.notify(number(7, seq));
    stream.notify(number(8, seq));
    if (seq % 1000 === 0) await idle();
  }
  expect(stream.readableLength).toBeLessThan(17 * 1024);
  while (!pace.text.includes(event(7, 50_000)) || !pace.text.includes(event(8, 50_000))) {
    pace.take();
    await idle();
  }
  // The numbers in between were merged.
  expect(pace.text.length).toBeLessThan(32 * 1024);
  stream.destroy();
});

test('a stream ends if its reader takes nothing for two heartbeats', async () => {
  const stream = new ChangeStream(admin);
  const pace = new Pace({ highWaterMark: 1 });
  stream.pipe(pace);
  for (let seq = 1; stream.readableLength < 16 * 1024; seq += 1) {
    stream.notify(number(7, seq));
    await idle();
  }
  const closed = once(stream, 'close');
  stream.beat();
  expect(stream.destroyed).toBe(false);
  stream.beat();
  await closed;
});

test('a stream whose reader keeps reading gets a comment for each heartbeat', async () => {
  const stream = new ChangeStream(designer);
  const reading = readAll(stream);
  for (let beats = 0; beats < 5; beats += 1) {
    await idle();
    stream.beat();
  }
  await idle();
  stream.end();
  expect(await reading).toBe(HEARTBEAT.repeat(6));
});

test('a stream sends nothing after its end', async () => {
  const stream = new ChangeStream(designer);
  stream.end();
  stream.end();
  stream.notify(number(7, 1));
  stream.beat();
  expect(await readAll(stream)).toBe(HEARTBEAT);
});
