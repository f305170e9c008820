/** A value that can be compared as its JSON: a text, a list of texts, a UUID, or null for none. */
type Value = string | null | readonly string[];
type Fields = Readonly<Record<string, Value | undefined>>;

export type Resolution<Meant extends Fields> =
  /** Everything that was meant is so already. */
  | { readonly kind: 'done' }
  /** This is left to send, with what the server has in these fields as the new base. */
  | { readonly kind: 'send'; readonly mine: Partial<Meant>; readonly base: Partial<Meant> }
  /** Somebody meant something else for these fields: a person decides. */
  | { readonly kind: 'ask'; readonly fields: readonly (keyof Meant & string)[] };

export interface Sides<Meant extends Fields> {
  /** What the person saw. */
  readonly base: Partial<Meant>;
  /** What the person meant; fields that are absent are not meant. */
  readonly mine: Partial<Meant>;
  /** What the server has now. */
  readonly theirs: Partial<Meant>;
}

/**
 * What becomes of an intent when the server's state is not the one that it was made upon. Per field that was meant: the same on both
 * sides needs nothing; unchanged since the person saw it is sent; anything else is asked, and then nothing of it is sent before
 * the answer. Specified as the table of *Conflicts* in docs/sync.md.
 */
export function resolveConflict<Meant extends Fields>({ base, mine, theirs }: Sides<Meant>): Resolution<Meant> {
  const meant = (Object.keys(mine) as (keyof Meant & string)[]).filter((field) => mine[field] !== undefined);
  const left = meant.filter((field) => !isSame(mine[field], theirs[field]));
  const asked = left.filter((field) => !isSame(base[field], theirs[field]));
  if (asked.length > 0) return { kind: 'ask', fields: asked };
  if (left.length === 0) return { kind: 'done' };
  return { kind: 'send', mine: pick(mine, left), base: pick(theirs, left) };
}

/** Of these fields, what stands in `values`. */
export function pick<Meant extends Fields>(values: Partial<Meant>, fields: readonly (keyof Meant)[]): Partial<Meant> {
  const picked: Partial<Meant> = {};
  for (const field of fields) picked[field] = values[field] as Meant[typeof field];
  return picked;
}

/** Lists are compared in order: the order of tags is what the person chose. */
export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
