import { z } from 'zod';

/** Something that every kind of string in the contract accepts one of. */
const STRINGS = [
  'x'.repeat(12),
  '3f0c8a52-7d7e-4b8f-9a51-0d7c5e1f2a3b',
  'a'.repeat(64),
  'https://gabinet.example',
  '2026-01-02T03:04:05.000Z',
];

function validString(schema: z.ZodType): string {
  const found = STRINGS.find((text) => schema.safeParse(text).success);
  if (found === undefined) throw new Error(`no sample fits ${JSON.stringify(schema.def)}`);
  return found;
}

/**
 * An input that a schema accepts, with every optional field, and of a union its first option. Throws
 * for a kind of schema that it does not know, so that no text hides in one.
 */
export function validInput(schema: unknown): unknown {
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, validInput(field)]));
  if (schema instanceof z.ZodArray) return [validInput(schema.element)];
  if (schema instanceof z.ZodRecord) {
    const keys = schema.keyType instanceof z.ZodEnum ? schema.keyType.options : [validInput(schema.keyType)];
    return Object.fromEntries(keys.map((key) => [key, validInput(schema.valueType)]));
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return validInput(schema.unwrap());
  if (schema instanceof z.ZodPipe) return validInput(schema.in);
  if (schema instanceof z.ZodUnion) return validInput(schema.options[0]);
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return Math.max(1, schema.minValue ?? 1);
  if (schema instanceof z.ZodUndefined) return undefined;
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return validString(schema);
  throw new Error(
    `a channel has a schema that this walk does not know: ${schema instanceof z.ZodType ? schema.def.type : typeof schema}`,
  );
}

export type InputPath = readonly (string | number)[];

/** The paths of all strings in a value. */
export function stringPaths(value: unknown, path: InputPath = []): InputPath[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => stringPaths(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => stringPaths(item, [...path, name]));
}

/** A copy with another value at a path. */
export function withValueAt(value: unknown, [first, ...rest]: InputPath, changed: unknown): unknown {
  if (first === undefined) return changed;
  if (Array.isArray(value)) return value.map((item, at) => (at === first ? withValueAt(item, rest, changed) : item));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === first ? withValueAt(item, rest, changed) : item]),
  );
}

/** The value at a path. */
export function valueAt(value: unknown, path: InputPath): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}
