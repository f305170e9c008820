import type { GabShape } from '../../../shared/gab/manifest.ts';
import type { VisemeShape } from '../../../shared/gab/viseme-plan.ts';

/** One thing of a face that can be set. */
export type FaceShape = VisemeShape;

/** What a face is set to: weights from 0 to 1 by the name of the morph, the VRM expression, the portrait asset. */
export interface FaceState {
  readonly morphs: ReadonlyMap<string, number>;
  readonly expressions: ReadonlyMap<string, number>;
  readonly images: ReadonlyMap<string, number>;
}

/** A group of shapes and how strongly it is wanted, 0 to 1. */
export interface WeightedShapes {
  readonly shapes: readonly FaceShape[];
  readonly weight: number;
}

/** Adds up what is wanted; more than all of a shape there is not. What nobody wants is not in the result. */
export function mixFace(wanted: Iterable<WeightedShapes>): FaceState {
  const state = {
    morphs: new Map<string, number>(),
    expressions: new Map<string, number>(),
    images: new Map<string, number>(),
  };
  for (const { shapes, weight } of wanted) {
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

/** A shape of the manifest, in which nothing but the two known forms is left. */
export function toFaceShape(shape: GabShape): FaceShape | null {
  if ('image' in shape && typeof shape.image === 'string') return { image: shape.image };
  const { morph, weight } = shape;
  return typeof morph === 'string' && typeof weight === 'number' ? { morph, weight } : null;
}
