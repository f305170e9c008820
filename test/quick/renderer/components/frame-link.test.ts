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

/** The other end of the wire: what a frame was told, and a mouth to answer with. */
class FakeFrame {
  readonly heard: PreviewCommand[] = [];
  port: MessagePort | null = null;
  readonly contentWindow = {
    postMessage: (_message: unknown, _target: string, [port]: MessagePort[]) => {
      this.port = port ?? null;
      port?.addEventListener('message', ({ data }) => this.heard.push(data));
      port?.start();
    },
  };
  say(message: unknown): void {
    this.port?.postMessage(message, []);
  }
}

let frame: FakeFrame;
let failures: string[];
let told: string[];
let link: FrameLink;

/** Messages cross on real ports: a few turns of the real loop. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  frame = new FakeFrame();
  failures = [];
  told = [];
  link = linkFrame(frame as unknown as HTMLIFrameElement, {
    onMessage: ({ type }) => told.push(type),
    onFailed: (code) => failures.push(code),
  });
});
afterEach(() => {
  link.close();
  frame.port?.close();
  vi.useRealTimers();
});

async function say(message: unknown): Promise<void> {
  frame.say(message);
  await delivered();
}

async function openIt(): Promise<void> {
  await say({ type: 'ready' });
  link.open({ bytes: new ArrayBuffer(8), fileName: 'x.gab' });
  await delivered();
}

describe('the watch over a frame', () => {
  it('hands the bundle over once the frame is ready, and only once', async () => {
    const bytes = new ArrayBuffer(8);
    link.open({ bytes, fileName: 'x.gab' });
    await delivered();
    expect(frame.heard).toEqual([]);
    await say({ type: 'ready' });
    await say({ type: 'ready' });
    expect(frame.heard).toMatchObject([{ type: 'open', fileName: 'x.gab' }]);
    // The bytes moved: they are not in two processes.
    expect(bytes.byteLength).toBe(0);
  });

  it('ends a frame whose program never starts', () => {
    vi.advanceTimersByTime(START_LIMIT_MS);
    expect(failures).toEqual(['gone']);
  });

  it('ends a load that takes too long, however much is told on the way', async () => {
    await openIt();
    for (let passed = 0; passed < LOAD_LIMIT_MS; passed += 1000) {
      expect(failures).toEqual([]);
      await say({ type: 'progress', stage: 'decoding' });
      vi.advanceTimersByTime(1000);
    }
    expect(failures).toEqual(['too-slow']);
    await say({ type: 'opened', scene: SCENE });
    expect(told).not.toContain('opened');
  });

  it('ends a frame that stops answering, and not one that answers', async () => {
    await openIt();
    await say({ type: 'opened', scene: SCENE });
    for (let second = 0; second < 30; second += 1) {
      vi.advanceTimersByTime(1000);
      await say({ type: 'pong', sequence: second });
    }
    expect(failures).toEqual([]);
    expect(frame.heard.filter(({ type }) => type === 'ping').length).toBeGreaterThan(20);
    vi.advanceTimersByTime(SILENCE_LIMIT_MS + 2000);
    expect(failures).toEqual(['gone']);
  });

  it('asks again after the machine slept, before it judges', async () => {
    await openIt();
    await say({ type: 'opened', scene: SCENE });
    // One timer fires after an hour: time has passed, but nothing was asked and left unanswered.
    const awakeMs = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => awakeMs + 3_600_000);
    vi.advanceTimersByTime(1000);
    expect(failures).toEqual([]);
    clock.mockRestore();
  });

  it.each([
    ['nonsense', { type: 'please', run: 'this' }],
    ['a failure of no known kind', { type: 'failed', code: 'evil', detail: '' }],
    ['a scene that is none', { type: 'opened', scene: { ...SCENE, clips: 'many' } }],
    ['nothing', null],
  ])('ends a frame that says %s', async (_what, message) => {
    await openIt();
    await say(message);
    expect(failures).toEqual(['gone']);
  });

  it('ends a frame that wants too much memory, whatever it thinks of that itself', async () => {
    await openIt();
    await say({ type: 'opened', scene: { ...SCENE, memoryBytes: MEMORY_LIMIT_BYTES + 1 } });
    expect(failures).toEqual(['too-much-memory']);
    expect(told).toEqual([]);
  });

  it('tells its own reasons on, once, and hears nothing afterwards', async () => {
    await openIt();
    await say({ type: 'failed', code: 'damaged', detail: 'x' });
    await say({ type: 'failed', code: 'no-webgl', detail: 'x' });
    vi.advanceTimersByTime(60_000);
    expect(failures).toEqual(['damaged']);
  });

  it('gives each asked picture to who asked for it; a frame that draws none costs only the wait', async () => {
    await openIt();
    await say({ type: 'opened', scene: SCENE });
    const wanted = { sidePx: 64, isTransparent: false };
    const first = link.capture(wanted);
    const second = link.capture(wanted);
    await delivered();
    const asked = frame.heard.filter((command) => command.type === 'capture');
    await say({ type: 'captured', requestId: asked[1]?.requestId, png: new Uint8Array([2]).buffer });
    expect(await second).toEqual(new Uint8Array([2]));
    const late = vi.advanceTimersByTimeAsync(CAPTURE_LIMIT_MS);
    await late;
    expect(await first).toBeNull();
    link.close();
    expect(await link.capture(wanted)).toBeNull();
  });
});
