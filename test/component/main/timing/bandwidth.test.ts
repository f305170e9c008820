import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bandwidth, createBandwidth } from '../../../../main/timing/bandwidth.ts';
import { KIB } from '../../../../shared/lib/sizes.ts';

const forever = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Takes block after block, as an upload does. */
function startUpload(bandwidth: Bandwidth, signal: AbortSignal = forever): { sentBytes: number } {
  const upload = { sentBytes: 0 };
  const run = async () => {
    while (!signal.aborted) {
      const sizeBytes = bandwidth.blockBytes();
      await bandwidth.take(sizeBytes, signal);
      if (!signal.aborted) upload.sentBytes += sizeBytes;
    }
  };
  void run();
  return upload;
}

describe('the bandwidth', () => {
  it('allows the limit per second, and at most a quarter more', async () => {
    const bandwidth = createBandwidth(100 * KIB);
    const upload = startUpload(bandwidth);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(upload.sentBytes).toBeLessThanOrEqual(1025 * KIB);
    expect(upload.sentBytes).toBeGreaterThanOrEqual(980 * KIB);
  });

  it('is shared fairly, whichever upload started first', async () => {
    const bandwidth = createBandwidth(100 * KIB);
    const uploads = [startUpload(bandwidth)];
    await vi.advanceTimersByTimeAsync(1000);
    const before = uploads[0]?.sentBytes ?? 0;
    uploads.push(startUpload(bandwidth), startUpload(bandwidth));
    await vi.advanceTimersByTimeAsync(9000);
    const shares = uploads.map((upload, index) => upload.sentBytes - (index === 0 ? before : 0));
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(bandwidth.blockBytes());
    expect(before + shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1025 * KIB);
  });

  it('does not accumulate while nothing is sent', async () => {
    const bandwidth = createBandwidth(100 * KIB);
    await vi.advanceTimersByTimeAsync(60_000);
    const upload = startUpload(bandwidth);
    await vi.advanceTimersByTimeAsync(1000);
    expect(upload.sentBytes).toBeLessThanOrEqual(125 * KIB);
  });

  it('applies a higher, a lower and no limit at once to running uploads', async () => {
    const bandwidth = createBandwidth(20 * KIB);
    const upload = startUpload(bandwidth);
    const sentIn = async (ms: number) => {
      const before = upload.sentBytes;
      await vi.advanceTimersByTimeAsync(ms);
      return upload.sentBytes - before;
    };
    expect(await sentIn(2000)).toBeLessThanOrEqual(45 * KIB);
    bandwidth.setLimit(200 * KIB);
    expect(await sentIn(2000)).toBeGreaterThanOrEqual(380 * KIB);
    bandwidth.setLimit(20 * KIB);
    // What went out for a block of the old size is waited for first.
    expect(await sentIn(5000)).toBeLessThanOrEqual(125 * KIB);
  });

  it('releases all waiting uploads when the limit is removed', async () => {
    const bandwidth = createBandwidth(16 * KIB);
    await bandwidth.take(100 * KIB, AbortSignal.abort());
    let gone = 0;
    for (let index = 0; index < 5; index += 1) void bandwidth.take(100 * KIB, forever).then(() => gone++);
    await vi.advanceTimersByTimeAsync(100);
    bandwidth.setLimit(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toBe(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('skips uploads that no longer wait', async () => {
    const bandwidth = createBandwidth(16 * KIB);
    const stopping = new AbortController();
    const stopped = startUpload(bandwidth, stopping.signal);
    const other = startUpload(bandwidth);
    await vi.advanceTimersByTimeAsync(2000);
    stopping.abort();
    const before = { stopped: stopped.sentBytes, other: other.sentBytes };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stopped.sentBytes).toBe(before.stopped);
    expect(other.sentBytes - before.other).toBeGreaterThanOrEqual(150 * KIB);
  });

  it('needs only one timer for many waiting uploads', async () => {
    const bandwidth = createBandwidth(16 * KIB);
    for (let index = 0; index < 100; index += 1) void bandwidth.take(64 * KIB, forever);
    await vi.advanceTimersByTimeAsync(3);
    expect(vi.getTimerCount()).toBe(1);
  });
});
