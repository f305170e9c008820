// A model's JSON is untrusted: it is read field by field, without a schema that would refuse
// unusual files.

export type Untyped = Readonly<Record<string, unknown>>;

const EMPTY: Untyped = {};

export function objectAt(value: unknown, key: string): Untyped {
  return asObject(isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);
}

export function asObject(value: unknown): Untyped {
  return isObject(value) ? value : EMPTY;
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

export function textAt(value: unknown, key: string): string | undefined {
  const text = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** A non-negative integer, or `undefined`: counts, indices and lengths. */
export function countAt(value: unknown, key: string): number | undefined {
  const count = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

export function has(value: unknown, key: string): boolean {
  return isObject(value) && Object.hasOwn(value, key);
}

function isObject(value: unknown): value is Untyped {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
