import { isSqliteDamage } from '../../../node/sqlite-damage.ts';

type AnyFunction = (...values: unknown[]) => unknown;

/**
 * The same functions, at any depth, which call `onDamage` when a query finds the file damaged. What
 * they throw or return stays the same.
 */
export function noticeDamage<Target extends object>(target: Target, onDamage: () => void): Target {
  const noticing = Object.entries(target).map(([name, value]) => [name, noticingValue(value, onDamage)]);
  return Object.fromEntries(noticing) as Target;
}

function noticingValue(value: unknown, onDamage: () => void): unknown {
  if (typeof value === 'function') return noticingCall(value as AnyFunction, onDamage);
  return typeof value === 'object' && value !== null ? noticeDamage(value, onDamage) : value;
}

function noticingCall(call: AnyFunction, onDamage: () => void): AnyFunction {
  return (...values) => {
    try {
      const result = call(...values);
      if (isDamageFailure(result)) onDamage();
      return result;
    } catch (error) {
      if (isSqliteDamage(error)) onDamage();
      throw error;
    }
  };
}

/** Writing returns it instead of throwing. */
function isDamageFailure(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('failure' in result)) return false;
  return (result.failure as { readonly code?: unknown } | null)?.code === 'library_damaged';
}
