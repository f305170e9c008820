import type { VisemeSource } from './compare/bundle-summary.ts';
import type { ModelFacts } from './content/model-facts.ts';
import { type GabManifest, type GabShape, type Viseme, visemes } from './manifest/manifest.ts';

/** What shows one viseme. Weights are from 0 to 1; images are IDs of portrait assets. */
export type VisemeShape =
  | { readonly morph: string; readonly weight: number }
  | { readonly image: string }
  | { readonly expression: string; readonly weight: number };

type VisemeShapes = ReadonlyMap<Viseme, readonly VisemeShape[]>;

export interface VisemePlan {
  readonly source: VisemeSource;
  /** Only visemes that move something. */
  readonly shapes: VisemeShapes;
}

export type VisemeModel = Pick<ModelFacts, 'morphs' | 'vrmExpressions'>;

/** Silence is the face at rest, so it needs no shape. */
export const spokenVisemes: readonly Viseme[] = visemes.filter((viseme) => viseme !== 'sil');

/** The VRM vowels and the visemes that they show (gab-format 3). */
const vrmVowels: ReadonlyMap<Viseme, string> = new Map([
  ['aa', 'aa'],
  ['I', 'ih'],
  ['U', 'ou'],
  ['E', 'ee'],
  ['O', 'oh'],
]);

/** If a model has both, only the first one is used: both at once would open the mouth twice. */
const JAW_MORPHS = ['jawOpen', 'mouthOpen'] as const;

/** How far a jaw without lips opens for a sound. PP is missing: its lips are closed. */
const jawWeights: ReadonlyMap<Viseme, number> = new Map([
  ['aa', 0.7],
  ['O', 0.55],
  ['E', 0.4],
  ['U', 0.3],
  ['I', 0.3],
  ['kk', 0.25],
  ['RR', 0.25],
  ['CH', 0.2],
  ['DD', 0.2],
  ['nn', 0.2],
  ['TH', 0.2],
  ['SS', 0.1],
  ['FF', 0.1],
]);

/**
 * Decides how the runtime moves the mouth (gab-format 3): by the manifest's map if it names any
 * shape, otherwise by morphs named `viseme_*`, otherwise by the VRM vowels, otherwise by the jaw,
 * otherwise not at all. An existing map is never completed from another source: shapes that the
 * model lacks move nothing. `model` is the model of the body; null if it has none.
 */
export function planVisemes(face: GabManifest['face'], model: VisemeModel | null): VisemePlan {
  const map = face?.visemes?.map;
  if (map && visemes.some((viseme) => map[viseme]?.length)) {
    return { source: 'map', shapes: collect((viseme) => shapesOfMap(map[viseme] ?? [], model)) };
  }
  if (!model) return { source: 'none', shapes: new Map() };
  return planByNames(model) ?? planByVowels(model) ?? planByJaw(model) ?? { source: 'none', shapes: new Map() };
}

/**
 * Returns the spoken visemes that a plan doesn't move. By VRM's own definition, its five vowels are
 * a complete set; a jaw alone is not.
 */
export function missingVisemes({ source, shapes }: VisemePlan): readonly Viseme[] {
  if (source === 'jaw') return spokenVisemes;
  if (source === 'vrm' && shapes.size === vrmVowels.size) return [];
  return spokenVisemes.filter((viseme) => !shapes.has(viseme));
}

function collect(shapesOf: (viseme: Viseme) => readonly VisemeShape[]): VisemeShapes {
  const shapes = new Map<Viseme, readonly VisemeShape[]>();
  for (const viseme of visemes) {
    const found = shapesOf(viseme);
    if (found.length > 0) shapes.set(viseme, found);
  }
  return shapes;
}

function shapesOfMap(shapes: readonly GabShape[], model: VisemeModel | null): VisemeShape[] {
  return shapes.flatMap((shape): VisemeShape[] => {
    if ('image' in shape && typeof shape.image === 'string') return [{ image: shape.image }];
    const { morph, weight } = shape;
    if (typeof morph !== 'string' || typeof weight !== 'number') return [];
    return model?.morphs.has(morph) ? [{ morph, weight }] : [];
  });
}

function planByNames({ morphs }: VisemeModel): VisemePlan | null {
  const shapes = collect((viseme) => {
    const morph = `viseme_${viseme}`;
    return morphs.has(morph) ? [{ morph, weight: 1 }] : [];
  });
  return shapes.size > 0 ? { source: 'names', shapes } : null;
}

function planByVowels({ vrmExpressions }: VisemeModel): VisemePlan | null {
  const shapes = collect((viseme) => {
    const expression = vrmVowels.get(viseme);
    return expression !== undefined && vrmExpressions.has(expression) ? [{ expression, weight: 1 }] : [];
  });
  return shapes.size > 0 ? { source: 'vrm', shapes } : null;
}

function planByJaw({ morphs }: VisemeModel): VisemePlan | null {
  const morph = JAW_MORPHS.find((name) => morphs.has(name));
  if (morph === undefined) return null;
  const shapes = collect((viseme) => {
    const weight = jawWeights.get(viseme);
    return weight === undefined ? [] : [{ morph, weight }];
  });
  return { source: 'jaw', shapes };
}
