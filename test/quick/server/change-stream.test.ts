import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Caller } from '../../../server/services/caller.ts';
import { ChangeStream } from '../../../server/services/change-events/change-stream.ts';

const designer: Caller = {
  userId: 1,
  sessionId: 1,
  email: 'dana@aurora.example',
  name: 'Dana',
  role: 'designer',
  customerId: 7,
};
const admin: Caller = { ...designer, role: 'admin', customerId: null };
const number = (id: number, seq: number) => ({ id, uuid: `customer-${id}`, seq });
const event = (id: number, seq: number) => `event: change\ndata: {"customer_uuid":"customer-${id}","seq":${seq}}\n\n`;
const HEARTBEAT = ': heartbeat\n\n';

/** Takes what it is given only when told to. */
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

test('begins with a comment and tells each number once, never an older one', async () => {
  const stream = new ChangeStream(designer);
  const reading = readAll(stream);
  for (const seq of [3, 3, 2, 4]) {
    stream.tell(number(7, seq));
    await idle();
  }
  stream.end();
  expect(await reading).toBe(HEARTBEAT + event(7, 3) + event(7, 4));
});

test('zero is a number, too', async () => {
  const stream = new ChangeStream(designer);
  stream.tell(number(7, 0));
  const reading = readAll(stream);
  await idle();
  stream.end();
  expect(await reading).toBe(HEARTBEAT + event(7, 0));
});

test('other customers are nothing to a designer, and all are to an admin', async () => {
  const streams = [new ChangeStream(designer), new ChangeStream(admin)];
  const reading = streams.map(readAll);
  await idle();
  for (const stream of streams) {
    stream.tell(number(7, 1));
    await idle();
    stream.tell(number(8, 9));
    await idle();
    stream.end();
  }
  expect(await Promise.all(reading)).toEqual([HEARTBEAT + event(7, 1), HEARTBEAT + event(7, 1) + event(8, 9)]);
});

test('a slow reader costs no more than the newest number of each customer', async () => {
  const stream = new ChangeStream(admin);
  const pace = new Pace({ highWaterMark: 1 });
  stream.pipe(pace);
  for (let seq = 1; seq <= 50_000; seq += 1) {
    stream.tell(number(7, seq));
    stream.tell(number(8, seq));
    if (seq % 1000 === 0) await idle();
  }
  expect(stream.readableLength).toBeLessThan(17 * 1024);
  while (!pace.text.includes(event(7, 50_000)) || !pace.text.includes(event(8, 50_000))) {
    pace.take();
    await idle();
  }
  // What was held in between came as one.
  expect(pace.text.length).toBeLessThan(32 * 1024);
  stream.destroy();
});

test('who takes nothing for two heartbeats while something waits is ended', async () => {
  const stream = new ChangeStream(admin);
  const pace = new Pace({ highWaterMark: 1 });
  stream.pipe(pace);
  for (let seq = 1; stream.readableLength < 16 * 1024; seq += 1) {
    stream.tell(number(7, seq));
    await idle();
  }
  const closed = once(stream, 'close');
  stream.beat();
  expect(stream.destroyed).toBe(false);
  stream.beat();
  await closed;
});

test('who reads stays, and gets a comment for each heartbeat', async () => {
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

test('after its end nothing more is said', async () => {
  const stream = new ChangeStream(designer);
  stream.end();
  stream.end();
  stream.tell(number(7, 1));
  stream.beat();
  expect(await readAll(stream)).toBe(HEARTBEAT);
});
