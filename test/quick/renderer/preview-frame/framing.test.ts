import { describe, expect, it } from 'vitest';
import { boundsOfMost } from '../../../../renderer/preview-frame/bodies/splat-bounds.ts';
import { atDistance, frameView, type Landmarks } from '../../../../renderer/preview-frame/view/framing.ts';
import { previewViews } from '../../../../shared/contract/preview-frame.ts';

const lens = { fieldOfView: 30, aspect: 1 };
const boneless: Landmarks = { min: [-0.5, 0, -0.2], max: [0.5, 2, 0.2], hipsY: null, chestY: null, head: null };
const person: Landmarks = { ...boneless, hipsY: 1, chestY: 1.3, head: [0.05, 1.6, 0] };

/** Heights that a camera sees at its target. */
function seen(view: (typeof previewViews)[number], landmarks: Landmarks) {
  const { position, target } = frameView(view, landmarks, lens);
  const half = Math.tan((lens.fieldOfView * Math.PI) / 360) * (position[2] - target[2]);
  return { from: target[1] - half, to: target[1] + half };
}

describe('framing', () => {
  it.each(previewViews)('the view %s shows the top of the head', (view) => {
    for (const landmarks of [boneless, person]) expect(seen(view, landmarks).to).toBeGreaterThan(2);
  });

  it('the full view shows the feet, the others start at hips, chest and chin', () => {
    expect(seen('full', person).from).toBeLessThan(0);
    expect(seen('mid', person).from).toBeGreaterThan(0.4);
    expect(seen('upper', person).from).toBeGreaterThan(1);
    expect(seen('head', person).from).toBeGreaterThan(1.4);
  });

  it('moves closer from view to view', () => {
    const heights = previewViews.map((view) => seen(view, boneless)).map(({ from, to }) => to - from);
    expect(heights.toSorted((left, right) => right - left)).toEqual(heights);
  });

  it('looks from the front at the center of the head', () => {
    const { position, target } = frameView('head', person, lens);
    expect(position[0]).toBe(0.05);
    expect(target[0]).toBe(0.05);
    expect(position[2]).toBeGreaterThan(target[2]);
  });

  it('moves back if the picture is narrow', () => {
    const near = frameView('full', boneless, lens).position[2];
    expect(frameView('full', boneless, { ...lens, aspect: 0.3 }).position[2]).toBeGreaterThan(near);
  });

  it('works for an avatar without height', () => {
    const flat = { ...boneless, min: [0, 0, 0], max: [0, 0, 0] } as const;
    for (const view of previewViews)
      expect(frameView(view, flat, lens).position.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('keeps its direction when the distance changes', () => {
    const camera = atDistance({ position: [0, 1, 2], target: [0, 1, 0] }, 5);
    expect(camera).toEqual({ position: [0, 1, 5], target: [0, 1, 0] });
  });
});

describe('the bounding box of splats', () => {
  it('leaves out stray points', () => {
    const centers = Array.from({ length: 300 }, (_, index) => [index / 299, 0.5, -0.5]).flat();
    centers.push(1000, 1000, 1000);
    const { min, max } = boundsOfMost(centers);
    expect(max[0]).toBeLessThanOrEqual(1);
    expect(min[0]).toBeLessThan(0.05);
    expect(max[1]).toBe(0.5);
  });

  it('ignores coordinates that are not numbers', () => {
    expect(boundsOfMost([Number.NaN, 1, 1, 2, Number.POSITIVE_INFINITY, 1])).toEqual({
      min: [2, 1, 1],
      max: [2, 1, 1],
    });
  });

  it('has the size of a person if there are no points', () => {
    expect(boundsOfMost([])).toEqual({ min: [-0.5, 0, -0.5], max: [0.5, 1, 0.5] });
  });
});
