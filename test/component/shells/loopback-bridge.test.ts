import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LoopbackFixture, startLoopbackFixture } from '../../support/shells/loopback-fixture.ts';

let shell: LoopbackFixture;
let cookie: string;
beforeEach(async () => {
  shell = await startLoopbackFixture();
  cookie = await shell.enter();
});
afterEach(() => shell.close());

describe('the bridge socket', () => {
  test('carries a request to the application and its answer back', async () => {
    shell.application.answer = async (channel, input) => ({ channel, input });
    const bridge = await shell.connect(cookie);
    bridge.send({ id: 7, channel: 'library.avatars', input: { projectUuid: 'p' } });
    expect(await bridge.next()).toEqual({
      type: 'answer',
      id: 7,
      output: { channel: 'library.avatars', input: { projectUuid: 'p' } },
    });
  });

  test('knows requests without an input and answers without an output', async () => {
    const bridge = await shell.connect(cookie);
    bridge.send({ id: 1, channel: 'session.get' });
    expect(await bridge.next()).toEqual({ type: 'answer', id: 1 });
    expect(shell.application.invoked).toEqual([{ channel: 'session.get', input: undefined }]);
  });

  test.each(['', 'session', 'session.unknown', 'constructor', '__proto__', 'toString'])(
    'refuses the channel %j without asking the application',
    async (channel) => {
      const bridge = await shell.connect(cookie);
      bridge.send({ id: 2, channel, input: null });
      expect(await bridge.next()).toEqual({ type: 'error', id: 2, message: 'There is no such channel.' });
      expect(shell.application.invoked).toEqual([]);
    },
  );

  test('tells a refused input as an error of that request alone', async () => {
    shell.application.answer = async (channel) => {
      if (channel === 'session.probe') throw new Error('Bad input for session.probe');
      return 'fine';
    };
    const bridge = await shell.connect(cookie);
    bridge.send({ id: 1, channel: 'session.probe', input: 5 });
    bridge.send({ id: 2, channel: 'session.get' });
    expect(await bridge.next()).toEqual({ type: 'error', id: 1, message: 'Bad input for session.probe' });
    expect(await bridge.next()).toEqual({ type: 'answer', id: 2, output: 'fine' });
  });

  test.each(['not json', '[]', '{"id":"1","channel":"session.get"}', '{"channel":"session.get"}', 'null'])(
    'is closed on %s',
    async (text) => {
      const bridge = await shell.connect(cookie);
      const closed = once(bridge.socket, 'close');
      bridge.send(text);
      expect((await closed)[0]).toBe(1007);
    },
  );

  test('is closed on a binary frame and on one above the limit', async () => {
    for (const [frame, code] of [
      [Buffer.from('{}'), 1007],
      ['x'.repeat(16 * 1024 * 1024 + 1), 1009],
    ] as const) {
      const bridge = await shell.connect(cookie);
      const closed = once(bridge.socket, 'close');
      bridge.socket.send(frame);
      expect((await closed)[0]).toBe(code);
    }
  });

  test('tells events to every window', async () => {
    const bridges = [await shell.connect(cookie), await shell.connect(await shell.enter())];
    shell.application.emit('library.changed', { projectUuids: [] });
    for (const bridge of bridges) {
      expect(await bridge.next()).toEqual({ type: 'event', event: 'library.changed', payload: { projectUuids: [] } });
    }
  });

  test('runs at most 64 requests at once and goes on as they end', async () => {
    let running = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    shell.application.answer = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => gates.push(resolve));
      running -= 1;
    };
    const bridge = await shell.connect(cookie);
    for (let id = 0; id < 200; id += 1) bridge.send({ id, channel: 'session.get', input: 'x'.repeat(2000) });
    let answered = 0;
    await expect.poll(() => gates.length).toBeGreaterThanOrEqual(64);
    while (answered < 200) {
      await expect.poll(() => gates.length).toBeGreaterThan(0);
      gates.shift()?.();
      await bridge.next();
      answered += 1;
    }
    // What was already parsed when the socket paused still comes through.
    expect(most).toBeLessThan(200);
    expect(most).toBeGreaterThanOrEqual(64);
  });

  test('closing the shell says that it is going away', async () => {
    const bridge = await shell.connect(cookie);
    const closed = once(bridge.socket, 'close');
    await shell.server.close();
    expect((await closed)[0]).toBe(1001);
  });
});
