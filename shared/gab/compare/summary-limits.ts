// Every client stores summaries and receives them over slow connections. Real ones have about 10
// KiB; these limits are for hostile models.

/**
 * Names in one list of one model. The largest rigs in use have about 500 joints, the largest faces
 * about 300 morphs.
 */
export const MAX_SUMMARY_NAMES = 2000;
/** UTF-16 units of one name. People don't write longer ones. */
export const MAX_SUMMARY_NAME_CHARS = 200;
/** UTF-16 units of all names of a bundle together. */
export const MAX_SUMMARY_CHARS = 256 * 1024;
/** Pictures inside one model. */
export const MAX_SUMMARY_TEXTURES = 256;

/**
 * Sorts, deduplicates and cuts names to the limits, so that the same content always gives the same
 * list.
 */
export function boundedNames(names: Iterable<string>): string[] {
  const unique = new Set<string>();
  for (const name of names) unique.add(name.slice(0, MAX_SUMMARY_NAME_CHARS));
  return [...unique].toSorted().slice(0, MAX_SUMMARY_NAMES);
}

/** Assigns space for names until `MAX_SUMMARY_CHARS` are used. Later lists get what is left. */
export class NameBudget {
  #chars = MAX_SUMMARY_CHARS;

  take(names: readonly string[]): string[] {
    const taken: string[] = [];
    for (const name of names) {
      this.#chars -= name.length;
      if (this.#chars < 0) break;
      taken.push(name);
    }
    return taken;
  }
}
