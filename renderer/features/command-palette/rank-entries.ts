import UFuzzy from '@leeoniya/ufuzzy';
import { withoutIsolates } from '../../../shared/lib/sentence.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Nobody reads on from here, and a long menu is slow. */
export const MAX_SHOWN = 50;
/** Of more matches than these, the order is not computed: the query is one letter or two. */
const MAX_RANKED = 3000;

const COMMON = {
  // What matches equally well stays in the order of the entries.
  compare: () => 0,

  unicode: true,
  interSplit: String.raw`[^\p{L}\d']+`,
  intraSplit: String.raw`\p{Ll}\p{Lu}`,
  intraBound: String.raw`\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}`,
  intraChars: String.raw`[\p{L}\d']`,
  intraContr: String.raw`'\p{L}{1,2}\b`,
} as const;
const exact = new UFuzzy(COMMON);
/** One typing error per word: a letter too many, too few, another one, or two swapped. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum exists only as a type
const forgiving = new UFuzzy({ ...COMMON, intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });

const fold = (text: string): string => UFuzzy.latinize(withoutIsolates(text).normalize('NFKC').toLowerCase().trim());

/** Entries with their folded texts, which are made once for many queries. */
export interface EntryIndex {
  readonly entries: readonly PaletteEntry[];
  readonly names: string[];
  readonly texts: string[];
}

export function indexEntries(entries: readonly PaletteEntry[]): EntryIndex {
  const names = entries.map(({ name }) => fold(name));
  const texts = entries.map(({ detail, words }, at) => `${names[at]} ${fold(`${detail ?? ''} ${words ?? ''}`)}`);
  return { entries, names, texts };
}

/** The places of what matches, the best first. */
function search(matcher: UFuzzy, haystack: string[], needle: string): readonly number[] {
  const [places, info, order] = matcher.search(haystack, needle, 1, MAX_RANKED);
  if (places === null) return [];
  if (info && order) return order.map((at) => info.idx[at] ?? 0);
  const begins = (place: number): boolean => haystack[place]?.startsWith(needle) ?? false;
  return [...places.filter(begins), ...places.filter((place) => !begins(place))];
}

/**
 * What matches a query, the best first: first by name, then by all words, and only then with a
 * typing error.
 */
export function rankEntries(index: EntryIndex, query: string): PaletteEntry[] {
  const needle = fold(query);
  if (needle === '') return [];
  const found = new Set<number>(index.names.flatMap((name, place) => (name === needle ? [place] : [])));
  for (const [matcher, haystack] of [
    [exact, index.names],
    [exact, index.texts],
    [forgiving, index.names],
    [forgiving, index.texts],
  ] as const) {
    if (found.size >= MAX_SHOWN) break;
    for (const place of search(matcher, haystack, needle)) found.add(place);
  }
  const ranked = [...found].slice(0, MAX_SHOWN).flatMap((place) => index.entries[place] ?? []);
  return harmlessFirst(index, ranked, needle);
}

/** Enter runs the first entry: it takes nothing away, unless its name was typed in full. */
function harmlessFirst({ entries }: EntryIndex, ranked: readonly PaletteEntry[], needle: string): PaletteEntry[] {
  const [first] = ranked;
  if (!first?.isDestructive || fold(first.name) === needle) return [...ranked];
  const harmless = (entry: PaletteEntry): boolean => !entry.isDestructive;
  const instead = ranked.find(harmless) ?? entries.find(({ isFallback }) => isFallback);
  return [...(instead ? [instead] : []), ...ranked.filter((entry) => entry !== instead)];
}
