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
  test('passes a request to the application and returns its output', async () => {
    shell.application.answer = async (channel, input) => ({ channel, input });
    const bridge = await shell.connect(cookie);
    bridge.send({ id: 7, channel: 'library.avatars', input: { projectUuid: 'p' } });
    expect(await bridge.next()).toEqual({
      type: 'answer',
      id: 7,
      output: { channel: 'library.avatars', input: { projectUuid: 'p' } },
    });
  });

  test('supports requests without input and responses without output', async () => {
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
      expect(await bridge.next()).toEqual({ type: 'error', id: 2, failure: { code: 'unexpected' } });
      expect(shell.application.invoked).toEqual([]);
    },
  );

  test('reports a refused input as an error of that request only', async () => {
    shell.application.answer = async (channel) => {
      if (channel === 'session.probe') throw new Error('Bad input for session.probe');
      return 'fine';
    };
    const bridge = await shell.connect(cookie);
    bridge.send({ id: 1, channel: 'session.probe', input: 5 });
    bridge.send({ id: 2, channel: 'session.get' });
    expect(await bridge.next()).toEqual({ type: 'error', id: 1, failure: { code: 'unexpected' } });
    expect(shell.log.lines.join()).toContain('Bad input for session.probe');
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

  test('closes after a binary frame or a frame above the size limit', async () => {
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

  test('sends events to every window', async () => {
    const bridges = [await shell.connect(cookie), await shell.connect(await shell.enter())];
    shell.application.emit('library.changed', { projectUuids: [] });
    for (const bridge of bridges) {
      expect(await bridge.next()).toEqual({ type: 'event', event: 'library.changed', payload: { projectUuids: [] } });
    }
  });

  test('runs at most 64 requests at once and starts more as they end', async () => {
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
    // Requests that were parsed before the socket paused are still run.
    expect(most).toBeLessThan(200);
    expect(most).toBeGreaterThanOrEqual(64);
  });

  test('closes with code 1001 when the shell closes', async () => {
    const bridge = await shell.connect(cookie);
    const closed = once(bridge.socket, 'close');
    await shell.server.close();
    expect((await closed)[0]).toBe(1001);
  });
});
