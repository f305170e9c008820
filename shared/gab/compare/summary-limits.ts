// A summary is kept by every client and sent over slow lines. Real ones take some 10 KiB; these bounds are for hostile models.

/** Names in one list of one model; the largest rigs in use have some 500 joints, the largest faces some 300 morphs. */
export const MAX_SUMMARY_NAMES = 2000;
/** UTF-16 units of one name; what is longer was not written by a person. */
export const MAX_SUMMARY_NAME_CHARS = 200;
/** UTF-16 units of all names of one bundle together. */
export const MAX_SUMMARY_CHARS = 256 * 1024;
/** Pictures inside one model. */
export const MAX_SUMMARY_TEXTURES = 256;

/** Sorted, unique and cut to the limits, so that the same content always gives the same list. */
export function boundedNames(names: Iterable<string>): string[] {
  const unique = new Set<string>();
  for (const name of names) unique.add(name.slice(0, MAX_SUMMARY_NAME_CHARS));
  return [...unique].toSorted().slice(0, MAX_SUMMARY_NAMES);
}

/** Hands out room for names until `MAX_SUMMARY_CHARS` are spent. Lists that come later get what is left. */
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
