import type { PreviewControl } from '../../../shared/contract/preview-frame.ts';
import { type GabManifest, type Viseme, visemes } from '../../../shared/gab/manifest/manifest.ts';
import type { VisemePlan, VisemeShape } from '../../../shared/gab/viseme-plan.ts';
import { toFaceShape, type WeightedShapes } from './face-state.ts';

/** The most controls that a message may have (shared/contract/preview-frame.ts). */
const MAX_CONTROLS = 5000;

interface FaceParts {
  readonly face: GabManifest['face'];
  readonly plan: VisemePlan;
  readonly morphs: readonly string[];
  /** Expressions of the VRM. */
  readonly expressions: readonly string[];
}

interface Control extends PreviewControl {
  readonly shapes: readonly VisemeShape[];
}

/**
 * Everything of a face that the user can set. The ids are made from kind and name, so that they
 * stay the same across versions.
 */
export class FaceControls {
  readonly #controls: ReadonlyMap<string, Control>;
  readonly #weights = new Map<string, number>();
  readonly #plan: VisemePlan;

  constructor(parts: FaceParts) {
    this.#plan = parts.plan;
    const all = [...visemeControls(parts), ...expressionControls(parts), ...morphControls(parts)];
    this.#controls = new Map(all.slice(0, MAX_CONTROLS).map((control) => [control.id, control]));
  }

  get list(): PreviewControl[] {
    return [...this.#controls.values()].map(({ id, kind, label }) => ({ id, kind, label }));
  }

  setWeights(weights: Readonly<Record<string, number>>): void {
    for (const [id, weight] of Object.entries(weights)) {
      if (this.#controls.has(id) && Number.isFinite(weight)) this.#weights.set(id, Math.min(1, Math.max(0, weight)));
    }
  }

  /** The weights of the sliders, followed by those of the mouth. */
  *weightedShapes(mouth: ReadonlyMap<Viseme, number>): Generator<WeightedShapes> {
    for (const [id, weight] of this.#weights) yield { shapes: this.#controls.get(id)?.shapes ?? [], weight };
    for (const [viseme, weight] of mouth) yield { shapes: this.#plan.shapes.get(viseme) ?? [], weight };
  }

  /** The shapes of an expression such as `blink`; empty if the avatar does not have it. */
  expression(name: string): readonly VisemeShape[] {
    return this.#controls.get(`expression:${name}`)?.shapes ?? [];
  }
}

function visemeControls({ plan }: FaceParts): Control[] {
  return visemes.flatMap((viseme) => {
    const shapes = plan.shapes.get(viseme);
    return shapes ? [{ id: `viseme:${viseme}`, kind: 'viseme' as const, label: viseme, shapes }] : [];
  });
}

/** The manifest takes precedence over the model's own expression of the same name. */
function expressionControls({ face, expressions }: FaceParts): Control[] {
  const named = new Map<string, readonly VisemeShape[]>();
  for (const [name, shapes] of Object.entries(face?.expressions ?? {})) {
    named.set(
      name,
      shapes.flatMap((shape) => toFaceShape(shape) ?? []),
    );
  }
  for (const expression of expressions) {
    if (!named.has(expression)) named.set(expression, [{ expression, weight: 1 }]);
  }
  return [...named].map(([name, shapes]) => ({ id: `expression:${name}`, kind: 'expression', label: name, shapes }));
}

function morphControls({ morphs }: FaceParts): Control[] {
  return morphs.map((morph) => ({ id: `morph:${morph}`, kind: 'morph', label: morph, shapes: [{ morph, weight: 1 }] }));
}
