import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DrawingPace, type PaceContext } from '../../../../renderer/preview-frame/view/drawing-pace.ts';

/** Graphics that take as long for a picture as a test says. */
class SlowGraphics implements PaceContext {
  readonly SYNC_GPU_COMMANDS_COMPLETE = 0x9117;
  readonly SYNC_STATUS = 0x9114;
  readonly SIGNALED = 0x9119;
  isLost = false;
  #drawnAtMs = 0;
  readonly #takesMs: number;

  constructor(takesMs: number) {
    this.#takesMs = takesMs;
  }

  fenceSync(): WebGLSync | null {
    this.#drawnAtMs = performance.now() + this.#takesMs;
    return this.isLost ? null : {};
  }

  getSyncParameter(): number {
    return performance.now() >= this.#drawnAtMs ? this.SIGNALED : 0x9118;
  }

  isContextLost(): boolean {
    return this.isLost;
  }

  flush(): void {}
  deleteSync(): void {}
}

/** Draws again as soon as it may, for this long; when the pictures began, in milliseconds. */
function drawFor(durationMs: number, pace: DrawingPace): readonly number[] {
  const began: number[] = [];
  const startMs = performance.now();
  const draw = () => {
    if (performance.now() - startMs >= durationMs) return;
    began.push(performance.now() - startMs);
    pace.drew();
    setTimeout(() => pace.whenReady(draw));
  };
  pace.whenReady(draw);
  vi.advanceTimersByTime(durationMs + 1);
  return began;
}

describe('the pace of drawing', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  it('waits for nothing with a graphics card', () => {
    const pace = new DrawingPace(new SlowGraphics(400), false);
    const next = vi.fn();
    pace.drew();
    pace.whenReady(next);
    expect(next).toHaveBeenCalledOnce();
  });

  it.each([40, 200, 800])('leaves half of the time to others if a picture takes %i ms', (takesMs) => {
    const began = drawFor(20 * takesMs, new DrawingPace(new SlowGraphics(takesMs), true));
    expect(began.length).toBeGreaterThanOrEqual(8);
    expect(began.length).toBeLessThanOrEqual(10);
  });

  it('begins the first picture, and one after a long pause, at once', () => {
    const pace = new DrawingPace(new SlowGraphics(50), true);
    pace.drew();
    vi.advanceTimersByTime(5000);
    const next = vi.fn();
    pace.whenReady(next);
    expect(next).toHaveBeenCalledOnce();
  });

  it('rests for at most a second', () => {
    const began = drawFor(7000, new DrawingPace(new SlowGraphics(3000), true));
    expect(began).toHaveLength(2);
    expect(began[1]).toBeGreaterThan(3900);
    expect(began[1]).toBeLessThan(4100);
  });

  it('continues after the context is lost, which will never say that a picture is complete', () => {
    const graphics = new SlowGraphics(1_000_000);
    const pace = new DrawingPace(graphics, true);
    const next = vi.fn();
    pace.drew();
    pace.whenReady(next);
    vi.advanceTimersByTime(5000);
    expect(next).not.toHaveBeenCalled();
    graphics.isLost = true;
    vi.advanceTimersByTime(2000);
    expect(next).toHaveBeenCalledOnce();
  });
});
