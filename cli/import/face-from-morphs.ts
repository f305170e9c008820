import { type Viseme, visemes } from '../../shared/gab/manifest/manifest.ts';

/** Morphs and their weights, 0 to 1. */
type Recipe = readonly (readonly [morph: string, weight: number])[];
type Recipes = Readonly<Partial<Record<Viseme, Recipe>>>;
type VisemeMap = Partial<Record<Viseme, { readonly morph: string; readonly weight: number }[]>>;

const both = (name: string, weight: number): Recipe => [
  [`${name}left`, weight],
  [`${name}right`, weight],
];

/**
 * The fifteen mouth shapes, made from the 52 blend shapes of Apple's face tracking and tuned for
 * calm speech.
 */
const arkitRecipes: Recipes = {
  PP: [...both('mouthpress', 0.7), ['mouthrolllower', 0.3], ['mouthrollupper', 0.3]],
  FF: [['mouthrolllower', 0.6], ...both('mouthupperup', 0.3)],
  TH: [['jawopen', 0.2], ['tongueout', 0.4], ...both('mouthlowerdown', 0.2)],
  DD: [['jawopen', 0.2], ...both('mouthlowerdown', 0.3)],
  kk: [['jawopen', 0.25], ...both('mouthstretch', 0.2)],
  CH: [
    ['mouthfunnel', 0.5],
    ['jawopen', 0.1],
  ],
  SS: [...both('mouthstretch', 0.4), ['jawopen', 0.05]],
  nn: [['jawopen', 0.15], ...both('mouthlowerdown', 0.2)],
  RR: [
    ['mouthfunnel', 0.4],
    ['jawopen', 0.15],
  ],
  aa: [['jawopen', 0.6], ...both('mouthlowerdown', 0.2)],
  E: [['jawopen', 0.3], ...both('mouthsmile', 0.4)],
  I: [['jawopen', 0.2], ...both('mouthstretch', 0.5)],
  O: [
    ['mouthfunnel', 0.7],
    ['jawopen', 0.4],
  ],
  U: [
    ['mouthpucker', 0.8],
    ['jawopen', 0.15],
  ],
};

/** If a model has only the five vowels, consonants use the nearest one. PP stays closed. */
function vowelRecipes([a, i, u, e, o]: readonly [string, string, string, string, string]): Recipes {
  return {
    aa: [[a, 1]],
    I: [[i, 1]],
    U: [[u, 1]],
    E: [[e, 1]],
    O: [[o, 1]],
    FF: [[u, 0.2]],
    TH: [[e, 0.3]],
    DD: [[e, 0.3]],
    kk: [[a, 0.25]],
    CH: [[u, 0.5]],
    SS: [[i, 0.4]],
    nn: [[i, 0.25]],
    RR: [[o, 0.25]],
  };
}

/** The names of VRoid and VRM, and plain letters. */
const vowelSets = [
  ['fclmtha', 'fclmthi', 'fclmthu', 'fclmthe', 'fclmtho'],
  ['aa', 'ih', 'ou', 'ee', 'oh'],
  ['a', 'i', 'u', 'e', 'o'],
] as const;

/**
 * Makes the manifest's viseme map from the names of a model's morphs: Oculus `viseme_*` (also with
 * a prefix), the ARKit names, or five vowels. Returns `null` if it finds none of them.
 */
export function visemeMapOf(morphs: Iterable<string>): VisemeMap | null {
  const byName = new Map([...morphs].map((morph) => [normalize(morph), morph]));
  const oculus = oculusMap([...byName.values()]);
  if (oculus) return oculus;
  const isArkit = byName.has('jawopen') && (byName.has('mouthfunnel') || byName.has('mouthpucker'));
  if (isArkit) return mapOf(arkitRecipes, byName);
  const vowels = vowelSets.find((names) => names.every((name) => byName.has(name)));
  return vowels ? mapOf(vowelRecipes(vowels), byName) : null;
}

/** `mouthSmile_L`, `Face.mouthSmileLeft` and `MouthSmileLeft` are the same name. */
function normalize(morph: string): string {
  const name = morph.slice(morph.lastIndexOf('.') + 1);
  return name
    .replace(/[_ ]L$/, 'Left')
    .replace(/[_ ]R$/, 'Right')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function oculusMap(morphs: readonly string[]): VisemeMap | null {
  const map: VisemeMap = {};
  for (const viseme of visemes) {
    const suffix = `viseme_${viseme}`.toLowerCase();
    const morph =
      morphs.find((name) => name.toLowerCase() === suffix) ??
      morphs.find((name) => name.toLowerCase().endsWith(suffix));
    if (morph !== undefined) map[viseme] = [{ morph, weight: 1 }];
  }
  return Object.keys(map).length > 0 ? map : null;
}

/** Only with shapes that the model has. Visemes without any are left out. */
function mapOf(recipes: Recipes, byName: ReadonlyMap<string, string>): VisemeMap {
  const map: VisemeMap = {};
  for (const viseme of visemes) {
    const shapes = (recipes[viseme] ?? []).flatMap(([name, weight]) => {
      const morph = byName.get(name);
      return morph === undefined ? [] : [{ morph, weight }];
    });
    if (shapes.length > 0) map[viseme] = shapes;
  }
  return map;
}
