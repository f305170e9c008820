import { asObject, countAt, listAt } from '../untyped.ts';

/** Attributes of a morph target that three loads. */
const MORPH_ATTRIBUTES = ['POSITION', 'NORMAL', 'COLOR_0'] as const;

/**
 * The number of morph targets that every one of these primitives has once three has loaded them; 0
 * without primitives. It loads those of a primitive only if one of them has an attribute it knows.
 */
export function loadedTargetCount(primitives: readonly unknown[]): number {
  return primitives.reduce<number>((least, primitive, at) => {
    const count = countLoaded(primitive);
    return at === 0 ? count : Math.min(least, count);
  }, 0);
}

function countLoaded(primitive: unknown): number {
  const targets = listAt(primitive, 'targets');
  const isLoaded = targets.some((target) => MORPH_ATTRIBUTES.some((name) => countAt(target, name) !== undefined));
  return isLoaded ? targets.length : 0;
}

const TRIANGLE_MODES: ReadonlySet<unknown> = new Set([undefined, 4, 5, 6]);

/** Whether a primitive consists of triangles, not of points or lines. */
export function hasTriangles(primitive: unknown): boolean {
  return TRIANGLE_MODES.has(asObject(primitive).mode);
}
