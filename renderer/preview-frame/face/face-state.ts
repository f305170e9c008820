import type { GabShape } from '../../../shared/gab/manifest/manifest.ts';
import type { VisemeShape } from '../../../shared/gab/viseme-plan.ts';

/**
 * The weights of a face, from 0 to 1, by the name of the morph, VRM expression or portrait asset.
 */
export interface FaceState {
  readonly morphs: ReadonlyMap<string, number>;
  readonly expressions: ReadonlyMap<string, number>;
  readonly images: ReadonlyMap<string, number>;
}

/** A group of shapes and its weight, from 0 to 1. */
export interface WeightedShapes {
  readonly shapes: readonly VisemeShape[];
  readonly weight: number;
}

/** Adds up the weights, at most to 1. Shapes without weight are not in the result. */
export function mixFace(groups: Iterable<WeightedShapes>): FaceState {
  const state = {
    morphs: new Map<string, number>(),
    expressions: new Map<string, number>(),
    images: new Map<string, number>(),
  };
  for (const { shapes, weight } of groups) {
    if (!(weight > 0)) continue;
    for (const shape of shapes) {
      if ('morph' in shape) add(state.morphs, shape.morph, shape.weight * weight);
      else if ('image' in shape) add(state.images, shape.image, weight);
      else add(state.expressions, shape.expression, shape.weight * weight);
    }
  }
  return state;
}

function add(weights: Map<string, number>, name: string, weight: number): void {
  weights.set(name, Math.min(1, (weights.get(name) ?? 0) + weight));
}

/** Null for a shape that is neither an image nor a morph. */
export function toFaceShape(shape: GabShape): VisemeShape | null {
  if ('image' in shape && typeof shape.image === 'string') return { image: shape.image };
  const { morph, weight } = shape;
  return typeof morph === 'string' && typeof weight === 'number' ? { morph, weight } : null;
}
