/** A value that is compared as its JSON: a text, a list of texts, or null for none. */
type Value = string | null | readonly string[] | undefined;
export type ConflictFields = Readonly<Record<string, Value>>;

/**
 * `done`: everything that was meant is so already. `send`: it is sent, with what the server has as its new base. `ask`: somebody meant
 * something else for the same field, so a person decides, and nothing of it is sent before.
 */
export type Resolution = 'done' | 'send' | 'ask';

export interface ConflictSides {
  /** What the person saw. */
  readonly base: ConflictFields;
  /** What the person meant; fields that are absent or undefined are not meant. */
  readonly mine: ConflictFields;
  /** What the server has now. */
  readonly theirs: ConflictFields;
}

/**
 * What becomes of an intent when the server's state may not be the one that it was made upon. Per field that was meant: the same on both
 * sides needs nothing, unchanged since the person saw it is sent, anything else is asked. Specified as the table of *Conflicts* in
 * docs/sync.md.
 */
export function resolveConflict({ base, mine, theirs }: ConflictSides): Resolution {
  const meant = Object.keys(mine).filter((field) => mine[field] !== undefined);
  const left = meant.filter((field) => !isSame(mine[field], theirs[field]));
  if (left.length === 0) return 'done';
  return left.every((field) => isSame(base[field], theirs[field])) ? 'send' : 'ask';
}

/** Lists are compared in order: the order of tags is what the person chose. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
