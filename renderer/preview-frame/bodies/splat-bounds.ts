import type { Point } from '../view/framing.ts';

/** Captures have stray points far away; so many on each side of each axis are not looked at. */
const STRAY_SHARE = 0.01;
/** More points than this do not make the box better. */
const SAMPLES = 20_000;

/** Every how many points one is looked at. */
export function sampleStep(points: number): number {
  return Math.max(1, Math.floor(points / SAMPLES));
}

/** The box around nearly all points. `centers` holds x, y, z of one after the other, in meters. */
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
    // Half floats of old files can be no numbers at all.
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((left, right) => left - right);
  const cut = Math.floor(values.length * STRAY_SHARE);
  return [values[cut] ?? 0, values[values.length - 1 - cut] ?? 0];
}
