/**
 * Fails to compile if a union is not handled completely, and throws if a value bypasses the types.
 */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unhandled ${what}: ${JSON.stringify(value)}`);
}
