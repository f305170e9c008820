// A tag has one spelling: "Formal" and "formal" are the same tag. The spelling that was there first
// wins, and what is stored already keeps its own.

/** Equal for all spellings of one tag. */
export const foldTag = (tag: string): string => tag.trim().normalize('NFKC').toLowerCase();

export const isSameTag = (one: string, other: string): boolean => foldTag(one) === foldTag(other);

export const hasTag = (tags: readonly string[], tag: string): boolean => tags.some((other) => isSameTag(other, tag));

/** Each tag once, in the spelling that comes first. */
export function distinctTags(tags: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const tag of tags) if (!found.has(foldTag(tag))) found.set(foldTag(tag), tag);
  return [...found.values()];
}

/** As `distinctTags`, spelled as in `usual` where it has them. */
export function spellTags(tags: readonly string[], usual: readonly string[]): string[] {
  const spellings = new Map(distinctTags(usual).map((tag) => [foldTag(tag), tag]));
  return distinctTags(tags).map((tag) => spellings.get(foldTag(tag)) ?? tag);
}

/** The tags of a typed text, separated by commas or line breaks. */
export function parseTags(text: string, usual: readonly string[] = []): string[] {
  const typed = text.split(/[,\n]/u).map((tag) => tag.trim());
  return spellTags(typed.filter(Boolean), usual);
}
