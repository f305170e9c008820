/** Values are compared as JSON: a string, a list of strings, or null for no value. */
type Value = string | null | readonly string[] | undefined;
export type ConflictFields = Readonly<Record<string, Value>>;

/**
 * `done`: the server already has all intended values. `send`: they are sent, with the server's
 * current values as the new base. `ask`: someone else changed the same field, so the user decides,
 * and nothing is sent until then.
 */
export type Resolution = 'done' | 'send' | 'ask';

export interface ConflictSides {
  /** The values that the user saw. */
  readonly base: ConflictFields;
  /** The values that the user wants. Absent or undefined fields stay unchanged. */
  readonly mine: ConflictFields;
  /** The values on the server. */
  readonly theirs: ConflictFields;
}

/**
 * Decides what to do with an intent when the server's state may differ from the one it is based on.
 * A field with the same value on both sides needs nothing; a field that is unchanged since the user
 * saw it is sent; any other field is asked about. The table under *Conflicts* in docs/sync.md is
 * the specification.
 */
export function resolveConflict({ base, mine, theirs }: ConflictSides): Resolution {
  const meant = Object.keys(mine).filter((field) => mine[field] !== undefined);
  const left = meant.filter((field) => !isSame(mine[field], theirs[field]));
  if (left.length === 0) return 'done';
  return left.every((field) => isSame(base[field], theirs[field])) ? 'send' : 'ask';
}

/** Lists are compared in order, because the user chose the order of tags. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
