import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FrameLink, linkFrame } from '../../../../renderer/components/bundle-preview/frame-link.ts';
import {
  CAPTURE_LIMIT_MS,
  LOAD_LIMIT_MS,
  MEMORY_LIMIT_BYTES,
  SILENCE_LIMIT_MS,
  START_LIMIT_MS,
} from '../../../../renderer/components/bundle-preview/preview-limits.ts';
import type { PreviewCommand, PreviewScene } from '../../../../shared/contract/preview-frame.ts';

const SCENE: PreviewScene = {
  bodyType: 'model3d',
  clips: [],
  controls: [],
  visemeSource: 'none',
  hasVoiceSample: false,
  triangles: 1,
  splatPoints: 0,
  memoryBytes: 1,
};

/** The frame's end of the connection: records what it receives and can send messages. */
class FakeFrame {
  readonly received: PreviewCommand[] = [];
  port: MessagePort | null = null;
  readonly contentWindow = {
    postMessage: (_message: unknown, _target: string, [port]: MessagePort[]) => {
      this.port = port ?? null;
      port?.addEventListener('message', ({ data }) => this.received.push(data));
      port?.start();
    },
  };
  send(message: unknown): void {
    this.port?.postMessage(message, []);
  }
}

let frame: FakeFrame;
let failures: string[];
let messages: string[];
let link: FrameLink;

/** Messages travel through real ports, which takes a few turns of the event loop. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  frame = new FakeFrame();
  failures = [];
  messages = [];
  link = linkFrame(frame as unknown as HTMLIFrameElement, {
    onMessage: ({ type }) => messages.push(type),
    onFailed: (code) => failures.push(code),
  });
});
afterEach(() => {
  link.close();
  frame.port?.close();
  vi.useRealTimers();
});

async function receive(message: unknown): Promise<void> {
  frame.send(message);
  await delivered();
}

async function openIt(): Promise<void> {
  await receive({ type: 'ready' });
  link.open({ bytes: new ArrayBuffer(8), fileName: 'x.gab' });
  await delivered();
}

describe('a frame link', () => {
  it('hands over the bundle once, when the frame is ready', async () => {
    const bytes = new ArrayBuffer(8);
    link.open({ bytes, fileName: 'x.gab' });
    await delivered();
    expect(frame.received).toEqual([]);
    await receive({ type: 'ready' });
    await receive({ type: 'ready' });
    expect(frame.received).toMatchObject([{ type: 'open', fileName: 'x.gab' }]);
    // The bytes were transferred, not copied.
    expect(bytes.byteLength).toBe(0);
  });

  it('fails if the frame never starts', () => {
    vi.advanceTimersByTime(START_LIMIT_MS);
    expect(failures).toEqual(['gone']);
  });

  it('fails if loading takes too long, even if the frame reports progress', async () => {
    await openIt();
    for (let passed = 0; passed < LOAD_LIMIT_MS; passed += 1000) {
      expect(failures).toEqual([]);
      await receive({ type: 'progress', stage: 'decoding' });
      vi.advanceTimersByTime(1000);
    }
    expect(failures).toEqual(['too-slow']);
    await receive({ type: 'opened', scene: SCENE });
    expect(messages).not.toContain('opened');
  });

  it('fails if the frame stops replying, and not before', async () => {
    await openIt();
    await receive({ type: 'opened', scene: SCENE });
    for (let second = 0; second < 30; second += 1) {
      vi.advanceTimersByTime(1000);
      await receive({ type: 'pong', sequence: second });
    }
    expect(failures).toEqual([]);
    expect(frame.received.filter(({ type }) => type === 'ping').length).toBeGreaterThan(20);
    vi.advanceTimersByTime(SILENCE_LIMIT_MS + 2000);
    expect(failures).toEqual(['gone']);
  });

  it('pings again after the computer was asleep before it fails', async () => {
    await openIt();
    await receive({ type: 'opened', scene: SCENE });
    // One timer fires after an hour: time has passed, but no ping is unanswered.
    const awakeMs = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => awakeMs + 3_600_000);
    vi.advanceTimersByTime(1000);
    expect(failures).toEqual([]);
    clock.mockRestore();
  });

  it.each([
    ['an unknown message', { type: 'please', run: 'this' }],
    ['an unknown failure', { type: 'failed', code: 'evil', detail: '' }],
    ['an invalid scene', { type: 'opened', scene: { ...SCENE, clips: 'many' } }],
    ['null', null],
  ])('fails if the frame sends %s', async (_what, message) => {
    await openIt();
    await receive(message);
    expect(failures).toEqual(['gone']);
  });

  it('fails if the frame uses too much memory, even if the frame accepts it', async () => {
    await openIt();
    await receive({ type: 'opened', scene: { ...SCENE, memoryBytes: MEMORY_LIMIT_BYTES + 1 } });
    expect(failures).toEqual(['too-much-memory']);
    expect(messages).toEqual([]);
  });

  it('reports the first failure of the frame and ignores everything after it', async () => {
    await openIt();
    await receive({ type: 'failed', code: 'damaged', detail: 'x' });
    await receive({ type: 'failed', code: 'no-webgl', detail: 'x' });
    vi.advanceTimersByTime(60_000);
    expect(failures).toEqual(['damaged']);
  });

  it('returns each picture to its caller, and null if the frame sends none in time', async () => {
    await openIt();
    await receive({ type: 'opened', scene: SCENE });
    const wanted = { sidePx: 64, isTransparent: false };
    const first = link.capture(wanted);
    const second = link.capture(wanted);
    await delivered();
    const requests = frame.received.filter((command) => command.type === 'capture');
    await receive({ type: 'captured', requestId: requests[1]?.requestId, png: new Uint8Array([2]).buffer });
    expect(await second).toEqual(new Uint8Array([2]));
    const late = vi.advanceTimersByTimeAsync(CAPTURE_LIMIT_MS);
    await late;
    expect(await first).toBeNull();
    link.close();
    expect(await link.capture(wanted)).toBeNull();
  });
});
