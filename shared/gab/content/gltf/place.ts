import { toPointer } from '../../json/json-pointer.ts';

/**
 * A place in the JSON of a model, as a chain to its parents: most places are never reported, so
 * their pointers are not built. `null` is the whole JSON.
 */
export type Place = { readonly parent: Place; readonly key: string | number } | null;

export function placeOf(...keys: readonly (string | number)[]): Place {
  return keys.reduce<Place>((parent, key) => ({ parent, key }), null);
}

/** A place below another one. */
export function below(place: Place, ...keys: readonly (string | number)[]): Place {
  return keys.reduce<Place>((parent, key) => ({ parent, key }), place);
}

export function pointerTo(place: Place): string {
  const keys: (string | number)[] = [];
  for (let at = place; at; at = at.parent) keys.push(at.key);
  return toPointer(keys.toReversed());
}
