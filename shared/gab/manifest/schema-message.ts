import type { z } from 'zod';
import { assertNever } from '../../lib/assert-never.ts';

type SchemaIssue = z.core.$ZodIssue;

/**
 * Describes what is wrong with a field, as the end of a sentence that starts with the field: "must
 * have at most 80 characters".
 */
export function describeSchemaIssue(issue: SchemaIssue, root: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(root, issue.path) === undefined ? 'is missing' : `must be ${describeType(issue.expected)}`;
    case 'too_big':
      return describeBound(issue.origin, `at most ${issue.maximum}`);
    case 'too_small':
      return describeBound(issue.origin, `at least ${issue.minimum}`);
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be "${String(issue.values[0])}"`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'has none of the forms that are allowed here';
    case 'invalid_key':
      return 'has a name that is not allowed here';
    case 'unrecognized_keys':
      return `has names that are not allowed here: ${issue.keys.join(', ')}`;
    // Patterns and refinements of the schema have their own messages.
    case 'invalid_format':
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
      return issue.message;
    default:
      return assertNever(issue, 'schema issue');
  }
}

function describeType(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'record') return 'an object';
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function describeBound(origin: string, bound: string): string {
  if (origin === 'string') return `must have ${bound} characters`;
  return origin === 'array' ? `must have ${bound} items` : `must be ${bound}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
