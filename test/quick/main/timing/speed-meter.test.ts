import { describe, expect, it } from 'vitest';
import { createSpeedMeter } from '../../../../main/timing/speed-meter.ts';

describe('createSpeedMeter', () => {
  it('returns 0 before two samples', () => {
    const meter = createSpeedMeter();
    meter.record(1000, 0);
    expect(meter.bytesPerSecond(0)).toBe(0);
  });

  it('measures over the last seconds only', () => {
    const meter = createSpeedMeter();
    meter.record(0, 0);
    meter.record(1_000_000, 10_000);
    meter.record(3_000_000, 11_000);
    expect(meter.bytesPerSecond(11_000)).toBe(2_000_000);
  });

  it('returns 0 when nothing is transferred', () => {
    const meter = createSpeedMeter();
    meter.record(0, 0);
    meter.record(500, 100);
    expect(meter.bytesPerSecond(10_000)).toBe(0);
  });
});
