import { toPointer } from '../../json/json-pointer.ts';

/** A value in a model's JSON and where it is. The JSON is untrusted: the value may be anything. */
export class VrmPlace {
  readonly value: unknown;
  readonly #path: readonly (string | number)[];

  constructor(value: unknown, path: readonly (string | number)[] = []) {
    this.value = value;
    this.#path = path;
  }

  /** Its JSON pointer. */
  get pointer(): string {
    return toPointer(this.#path);
  }

  /** Neither `null` nor left out. */
  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The value of a key; a place without a value if there is none. */
  at(key: string | number): VrmPlace {
    const { value } = this;
    const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return new VrmPlace(isHolder ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined, [
      ...this.#path,
      key,
    ]);
  }

  /** The values of an object by their keys; the loaders take a list for one, too. */
  get fields(): readonly (readonly [key: string, place: VrmPlace])[] {
    const { value } = this;
    if (typeof value !== 'object' || value === null) return [];
    return Object.keys(value).map((key) => [key, this.at(key)] as const);
  }

  /** The value as an index into `list`; `undefined` if nothing is there. */
  indexInto(list: readonly unknown[]): number | undefined {
    const index = looseIndex(this.value);
    return index !== undefined && index < list.length ? index : undefined;
  }
}

/**
 * A value as an index, as JavaScript takes it: the loaders find `"3"` and `[3]`, too, and whether a
 * file may write them is checked elsewhere.
 */
export function looseIndex(value: unknown): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' || Array.isArray(value) ? String(value) : '';
  return /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;
}
