/** The comparison of two lists of names: pairs of one item under two names, and the rest. */
export interface NameChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly (readonly [before: string, after: string])[];
}

/** A rule such as "add `Head_` in front": removes `strip` at one end and adds `add` there. */
interface Rule {
  readonly end: 'front' | 'back';
  readonly strip: string;
  readonly add: string;
}

/**
 * Rules are guessed from this many names of each side, and the most likely ones are tried on all,
 * so that hostile lists don't take minutes.
 */
const SAMPLE_NAMES = 24;
const MAX_RULES = 24;
/** Names that share fewer characters than this are similar by chance. */
const MIN_SHARED_CHARS = 3;

/**
 * Compares two lists of unique names and recognizes names that were changed by a rule: another case
 * or punctuation, or a prefix or suffix that was added, removed or replaced. A replacement counts
 * only if it matches at least two names; an addition or removal may match a single name if most of
 * the name is unchanged. The other direction finds the same pairs, swapped.
 */
export function compareNames(before: readonly string[], after: readonly string[]): NameChanges {
  const removed = new Set(before);
  const added = new Set(after);
  for (const name of before) if (added.delete(name)) removed.delete(name);
  const renamed: [string, string][] = [];
  pairByForm(removed, added, renamed);
  for (const rule of guessRules(removed, added)) pairByRule(rule, { removed, added, renamed });
  return { added: [...added].toSorted(), removed: [...removed].toSorted(), renamed: renamed.toSorted(byFirst) };
}

/**
 * Returns a function that finds the name in the second bundle for a name in the first. If another
 * item in the second bundle has the old name, an unused name is returned, so that the two are never
 * treated as the same.
 */
export function translator(pairs: Iterable<readonly [before: string, after: string]>): (name: string) => string {
  const newNames = new Map(pairs);
  const taken = new Set(newNames.values());
  return (name) => newNames.get(name) ?? (taken.has(name) ? `\0${name}` : name);
}

export function describeRename([before, after]: readonly [string, string]): string {
  return `${before} → ${after}`;
}

const byFirst = ([left]: readonly [string, string], [right]: readonly [string, string]) => (left < right ? -1 : 1);

/** `LeftEye`, `left_eye` and `left.eye` are one name in three spellings. */
function pairByForm(removed: Set<string>, added: Set<string>, renamed: [string, string][]): void {
  const addedByForm = groupByForm(added);
  for (const [form, names] of groupByForm(removed)) {
    const others = addedByForm.get(form) ?? [];
    // With several names of the same form, it is unclear which pairs belong together.
    const [name] = names;
    const [other] = others;
    if (names.length !== 1 || others.length !== 1 || name === undefined || other === undefined) continue;
    removed.delete(name);
    added.delete(other);
    renamed.push([name, other]);
  }
}

function groupByForm(names: ReadonlySet<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const form = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (form !== '') groups.set(form, [...(groups.get(form) ?? []), name]);
  }
  return groups;
}

/** Returns rules that explain names, the ones that explain most first. */
function guessRules(removed: ReadonlySet<string>, added: ReadonlySet<string>): Rule[] {
  const guesses = new Map<string, { readonly rule: Rule; hits: number }>();
  const collect = (befores: readonly string[], afters: readonly string[]) => {
    for (const before of befores) {
      for (const after of afters) for (const rule of rulesBetween(before, after)) note(guesses, rule);
    }
  };
  // From both sides, so that it doesn't matter which one is called before.
  collect(sample(removed), [...added]);
  collect([...removed], sample(added));
  const likely = [...guesses.values()]
    .toSorted((left, right) => right.hits - left.hits || compareRules(left.rule, right.rule))
    .slice(0, MAX_RULES);
  return likely
    .map(({ rule }) => ({ rule, count: fitsOf(rule, removed, added).length }))
    .toSorted((left, right) => right.count - left.count || compareRules(left.rule, right.rule))
    .map(({ rule }) => rule);
}

function note(guesses: Map<string, { readonly rule: Rule; hits: number }>, rule: Rule): void {
  const key = `${rule.end}\0${rule.strip}\0${rule.add}`;
  const guess = guesses.get(key);
  if (guess) guess.hits += 1;
  else guesses.set(key, { rule, hits: 1 });
}

function sample(names: ReadonlySet<string>): string[] {
  return [...names].toSorted().slice(0, SAMPLE_NAMES);
}

function compareRules(left: Rule, right: Rule): number {
  const keys = [left, right].map(({ end, strip, add }) => {
    const length = String(strip.length + add.length).padStart(4, '0');
    return `${length} ${end} ${[strip, add].toSorted().join(' ')}`;
  });
  const [one = '', other = ''] = keys;
  return one < other ? -1 : Number(one > other);
}

function rulesBetween(before: string, after: string): Rule[] {
  const rules: Rule[] = [];
  const back = sharedAtEnd(before, after);
  const [strip, add] = [before, after].map((name) => name.slice(0, name.length - back));
  if (strip !== undefined && add !== undefined && isEnough(back, [strip.at(-1), add.at(-1)])) {
    rules.push({ end: 'front', strip, add });
  }
  const front = sharedAtStart(before, after);
  if (isEnough(front, [before[front], after[front]])) {
    rules.push({ end: 'back', strip: before.slice(front), add: after.slice(front) });
  }
  return rules;
}

/**
 * A short part counts only if it is a separate word: no letters next to it on both sides, or
 * nothing at all.
 */
function isEnough(shared: number, neighbors: readonly (string | undefined)[]): boolean {
  if (shared === 0) return false;
  return shared >= MIN_SHARED_CHARS || neighbors.some((next) => next === undefined) || neighbors.every(isSeparator);
}

const isSeparator = (character: string | undefined) => character !== undefined && /[^\p{L}\p{N}]/u.test(character);

function sharedAtEnd(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < limit && one.at(-1 - shared) === other.at(-1 - shared)) shared += 1;
  return shared;
}

function sharedAtStart(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < limit && one[shared] === other[shared]) shared += 1;
  return shared;
}

function applyRule({ end, strip, add }: Rule, name: string): string | null {
  if (end === 'front') return name.startsWith(strip) ? add + name.slice(strip.length) : null;
  return name.endsWith(strip) ? name.slice(0, name.length - strip.length) + add : null;
}

function fitsOf(rule: Rule, removed: ReadonlySet<string>, added: ReadonlySet<string>): [string, string][] {
  return [...removed].flatMap((name): [string, string][] => {
    const other = applyRule(rule, name);
    return other !== null && added.has(other) ? [[name, other]] : [];
  });
}

/**
 * A single name counts as renamed if something was added or removed and most of it is unchanged.
 */
function isBelievable({ strip, add }: Rule, fits: readonly (readonly [string, string])[]): boolean {
  const [only] = fits;
  if (only === undefined) return false;
  if (fits.length > 1) return true;
  const lengths = only.map((name) => name.length);
  const shorter = Math.min(...lengths);
  return (strip === '' || add === '') && shorter > MIN_SHARED_CHARS && 2 * shorter >= Math.max(...lengths);
}

interface Pairing {
  readonly removed: Set<string>;
  readonly added: Set<string>;
  readonly renamed: [string, string][];
}

/**
 * Checked again for each rule: better rules may have used up the names that made this one
 * plausible.
 */
function pairByRule(rule: Rule, { removed, added, renamed }: Pairing): void {
  const fits = fitsOf(rule, removed, added);
  if (!isBelievable(rule, fits)) return;
  for (const [name, other] of fits) {
    removed.delete(name);
    added.delete(other);
    renamed.push([name, other]);
  }
}
