import { plural } from '../../lib/plural.ts';
import { sentence } from '../../lib/sentence.ts';
import { formatBytes } from '../../lib/sizes.ts';
import type { Difference } from './comparison.ts';

/** A difference in sentences for designers. */
export interface DifferenceText {
  /** A few words, for a list. */
  readonly title: string;
  /** What exactly is different. */
  readonly what: string;
  /** Why it matters, or why it doesn't. */
  readonly why: string;
  /** How to fix it if it breaks something; null if there is nothing to fix. */
  readonly fix: string | null;
}

export type ExplainDifference = (difference: Difference) => DifferenceText;

/** A sentence lists no more names than this. */
const MAX_LISTED_NAMES = 3;

export function nameCount({ names = [], more = 0 }: Difference): number {
  return names.length + more;
}

/** "1 joint", "12 joints". */
export function counted(difference: Difference, one: string): string {
  return plural(nameCount(difference), one, `${one}s`);
}

/** "“Hips”, “Spine” and 12 more". */
export function listNames(difference: Difference): string {
  const { names = [] } = difference;
  const first = names.slice(0, MAX_LISTED_NAMES).map((name) => sentence`“${name}”`);
  const rest = nameCount(difference) - first.length;
  if (rest > 0) return `${first.join(', ')} and ${rest} more`;
  const last = first.pop();
  return first.length === 0 ? (last ?? 'none') : `${first.join(', ')} and ${last}`;
}

/** A value of the manifest in quotes; "none" if there is no value. */
export function value(one: Difference['before']): string {
  if (one === undefined || one === null || one === '') return 'none';
  if (typeof one === 'number') return one.toLocaleString('en');
  if (typeof one === 'boolean') return one ? 'yes' : 'no';
  return sentence`“${one.length > 160 ? `${one.slice(0, 159)}…` : one}”`;
}

/** "from “a” to “b”". */
export function change({ before, after }: Difference): string {
  return `from ${value(before)} to ${value(after)}`;
}

export function bytes(one: Difference['before']): string {
  return typeof one === 'number' ? formatBytes(one) : 'an unknown size';
}

/** The entry that the difference is about, in quotes. */
export function fileOf({ path }: Difference, otherwise = 'a file'): string {
  return path === undefined ? otherwise : sentence`“${path}”`;
}

/** The manifest field that the difference is about: `/voice/rate` becomes “voice.rate”. */
export function fieldOf({ pointer }: Difference): string {
  return pointer === undefined ? 'a field' : sentence`“${pointer.slice(1).replaceAll('/', '.')}”`;
}

/** The fix, if the difference breaks something. */
export function fixIfBroken({ verdict }: Difference, fix: string): string | null {
  return verdict === 'breaks-runtime' ? fix : null;
}
