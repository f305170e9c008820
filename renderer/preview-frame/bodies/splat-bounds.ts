import type { Point } from '../view/framing.ts';

/** Captures have stray points far away; so many on each side of each axis are not looked at. */
const STRAY_SHARE = 0.01;
/** More points than this do not make the box better. */
const SAMPLES = 20_000;

/** The box around nearly all points. `centres` holds x, y, z of one after the other, in metres. */
export function boundsOfMost(centres: ArrayLike<number>): { readonly min: Point; readonly max: Point } {
  const count = Math.floor(centres.length / 3);
  if (count === 0) return { min: [-0.5, 0, -0.5], max: [0.5, 1, 0.5] };
  const step = Math.max(1, Math.floor(count / SAMPLES));
  const axes = [0, 1, 2].map((axis) => rangeOf(centres, { axis, step, count }));
  const pick = (end: 0 | 1): Point => [axes[0]?.[end] ?? 0, axes[1]?.[end] ?? 0, axes[2]?.[end] ?? 0];
  return { min: pick(0), max: pick(1) };
}

interface Sampling {
  readonly axis: number;
  readonly step: number;
  readonly count: number;
}

function rangeOf(centres: ArrayLike<number>, { axis, step, count }: Sampling): readonly [number, number] {
  const values: number[] = [];
  for (let index = 0; index < count; index += step) {
    const value = centres[index * 3 + axis] ?? 0;
    // Half floats of old files can be no numbers at all.
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((left, right) => left - right);
  const cut = Math.floor(values.length * STRAY_SHARE);
  return [values[cut] ?? 0, values[values.length - 1 - cut] ?? 0];
}
