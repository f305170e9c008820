import type { VisemeSource } from './compare/bundle-summary.ts';
import type { ModelFacts } from './content/model-facts.ts';
import { type GabManifest, type GabShape, type Viseme, visemes } from './manifest/manifest.ts';

/** What is set to show one viseme: weights are 0 to 1, images are ids of portrait assets. */
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

/** Silence is the face at rest: nobody needs a shape for it. */
export const spokenVisemes: readonly Viseme[] = visemes.filter((viseme) => viseme !== 'sil');

/** The vowels of VRM and the visemes that they show (gab-format 3). */
const vrmVowels: ReadonlyMap<Viseme, string> = new Map([
  ['aa', 'aa'],
  ['I', 'ih'],
  ['U', 'ou'],
  ['E', 'ee'],
  ['O', 'oh'],
]);

/** Of two jaws the first is used: both at once would open the mouth twice. */
const JAW_MORPHS = ['jawOpen', 'mouthOpen'] as const;

/** How far a jaw without lips opens for a sound. PP is not here: its lips are closed. */
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
 * How the runtime moves the mouth (gab-format 3): by the map of the manifest if it names any shape, else by morphs named
 * `viseme_*`, else by the vowels of a VRM, else by the jaw, else not at all. A map that is there is not mended by another
 * source: what it names and the model lacks moves nothing. `model` is the body's own model; null where it has none.
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
 * The spoken visemes that a plan leaves unmoved. The five vowels of a VRM are a full set by its own definition; a jaw alone
 * is none.
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
