import { asObject } from '../content/untyped.ts';
import { showText } from '../show-text.ts';
import {
  type Comparison,
  type Difference,
  type DifferenceVerdict,
  differenceAreas,
  differenceVerdicts,
} from './comparison.ts';
import { type DifferenceCode, differenceCodes } from './difference-codes.ts';

/** A difference lists no more names than this; the rest is counted. */
const MAX_NAMES = 50;
const MAX_NAME_CHARS = 300;
const MAX_VALUE_CHARS = 2000;
const MAX_PATH_CHARS = 300;
const MAX_POINTER_CHARS = 500;

export interface DifferenceDetails {
  readonly path?: string | undefined;
  readonly pointer?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly names?: readonly string[];
}

/**
 * Collects differences. Untrusted texts in them are made safe to show and cut to the limits of the
 * contract.
 */
export class DifferenceList {
  readonly #differences: Difference[] = [];

  add(code: DifferenceCode, verdict: DifferenceVerdict, details: DifferenceDetails = {}): void {
    const { path, pointer, names } = details;
    this.#differences.push({
      code,
      verdict,
      area: differenceCodes[code],
      ...(path !== undefined && { path: showText(path, MAX_PATH_CHARS) }),
      ...(pointer !== undefined && { pointer: showText(pointer, MAX_POINTER_CHARS) }),
      ...('before' in details && { before: showValue(details.before) }),
      ...('after' in details && { after: showValue(details.after) }),
      ...(names && { names: names.slice(0, MAX_NAMES).map((name) => showText(name, MAX_NAME_CHARS)) }),
      ...(names && names.length > MAX_NAMES && { more: names.length - MAX_NAMES }),
    });
  }

  /** Adds one difference for a list of names; none if the list is empty. */
  addNames(
    code: DifferenceCode,
    verdict: DifferenceVerdict,
    details: DifferenceDetails & { names: readonly string[] },
  ): void {
    if (details.names.length > 0) this.add(code, verdict, details);
  }

  get isEmpty(): boolean {
    return this.#differences.length === 0;
  }

  toComparison(): Comparison {
    const differences = this.#differences.toSorted(
      (left, right) =>
        verdictRank(left) - verdictRank(right) || areaRank(left) - areaRank(right) || byText(left, right),
    );
    return { verdict: differences[0]?.verdict ?? 'same', differences };
  }
}

const verdictRank = ({ verdict }: Difference) => differenceVerdicts.indexOf(verdict);
const areaRank = ({ area }: Difference) => differenceAreas.indexOf(area);

/** The order must not depend on the order of items in a bundle. */
function byText(left: Difference, right: Difference): number {
  const texts = [left, right].map(({ code, path, pointer, before }) => `${code}\n${path}\n${pointer}\n${before}`);
  const [one = '', other = ''] = texts;
  return one < other ? -1 : Number(one > other);
}

function showValue(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return showText(typeof value === 'string' ? value : describeJson(value), MAX_VALUE_CHARS);
}

/** Flat lists and objects without their brackets: `view: head, distance: 2`. */
function describeJson(value: unknown): string {
  if (Array.isArray(value)) return value.every(isPlain) ? value.join(', ') : JSON.stringify(value);
  const fields = Object.entries(asObject(value));
  if (!fields.every(([, field]) => isPlain(field))) return JSON.stringify(value);
  return fields.map(([key, field]) => `${key}: ${String(field)}`).join(', ');
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
