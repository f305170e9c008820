import { type GabPolicy, gabPolicies } from '../../../shared/gab/report.ts';
import { type Base, loadBases } from './bases.ts';
import { mutateBytes, randomByteMutations } from './byte-mutations.ts';
import { mutateContainer } from './container-mutations.ts';
import { mutateContent } from './content-mutations.ts';
import { type Draft, draftOf, pack } from './draft.ts';
import { mutateHarmlessly } from './harmless-mutations.ts';
import { mutateManifest } from './manifest-mutations.ts';
import { Random } from './random.ts';

export const mutantKinds = ['bytes', 'container', 'manifest', 'content', 'harmless', 'harmless-then-bytes'] as const;
export type MutantKind = (typeof mutantKinds)[number];

/**
 * The percentage of each kind of mutant. A fifth stays valid, so that other tools can agree with
 * our reader on some.
 */
const kindWeights: Readonly<Record<MutantKind, number>> = {
  bytes: 30,
  container: 20,
  manifest: 10,
  content: 14,
  harmless: 20,
  'harmless-then-bytes': 6,
};

export interface Mutant {
  /** Identifies the mutant together with the seed. */
  readonly number: number;
  readonly kind: MutantKind;
  readonly base: Base;
  readonly policy: GabPolicy;
  readonly bytes: Buffer;
}

const draftMutations: Readonly<Record<Exclude<MutantKind, 'bytes'>, (draft: Draft, random: Random) => void>> = {
  container: mutateContainer,
  manifest: mutateManifest,
  content: mutateContent,
  harmless: mutateHarmlessly,
  'harmless-then-bytes': mutateHarmlessly,
};

let loadedBases: readonly Base[] | null = null;

/**
 * Makes mutant `number` of the run with `seed`: the same bytes on every machine with the same zlib.
 */
export function makeMutant(seed: number, number: number): Mutant {
  loadedBases ??= loadBases();
  const random = new Random(seed, number);
  const base = pickWeighted(random, loadedBases, ({ weight }) => weight);
  const kind = pickWeighted(random, mutantKinds, (name) => kindWeights[name]);
  return { number, kind, base, policy: random.pick(gabPolicies), bytes: makeBytes(random, base, kind) };
}

function makeBytes(random: Random, base: Base, kind: MutantKind): Buffer {
  if (kind === 'bytes') return mutateBytes(base.bytes, randomByteMutations(random));
  const draft = draftOf(base);
  draftMutations[kind](draft, random);
  const bytes = pack(draft);
  return kind === 'harmless-then-bytes' ? mutateBytes(bytes, randomByteMutations(random)) : bytes;
}

function pickWeighted<Item>(random: Random, items: readonly Item[], weightOf: (item: Item) => number): Item {
  let left = random.below(items.reduce((sum, item) => sum + weightOf(item), 0));
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  throw new RangeError('nothing to pick from');
}
