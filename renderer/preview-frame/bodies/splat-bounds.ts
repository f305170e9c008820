import type { Point } from '../view/framing.ts';

/** Captures have stray points far away: this share is ignored at each end of each axis. */
const STRAY_SHARE = 0.01;
/** More points do not improve the box. */
const SAMPLES = 20_000;

/** Distance between the points that are sampled. */
export function sampleStep(points: number): number {
  return Math.max(1, Math.floor(points / SAMPLES));
}

/** The box around nearly all points. `centers` is a sequence of x, y, z in meters. */
export function boundsOfMost(centers: ArrayLike<number>): { readonly min: Point; readonly max: Point } {
  const count = Math.floor(centers.length / 3);
  if (count === 0) return { min: [-0.5, 0, -0.5], max: [0.5, 1, 0.5] };
  const axes = [0, 1, 2].map((axis) => rangeOf(centers, axis));
  const pick = (end: 0 | 1): Point => [axes[0]?.[end] ?? 0, axes[1]?.[end] ?? 0, axes[2]?.[end] ?? 0];
  return { min: pick(0), max: pick(1) };
}

function rangeOf(centers: ArrayLike<number>, axis: number): readonly [number, number] {
  const values: number[] = [];
  for (let index = axis; index < centers.length; index += 3) {
    const value = centers[index] ?? 0;
    // Half floats in old files can be NaN.
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((left, right) => left - right);
  const cut = Math.floor(values.length * STRAY_SHARE);
  return [values[cut] ?? 0, values[values.length - 1 - cut] ?? 0];
}
