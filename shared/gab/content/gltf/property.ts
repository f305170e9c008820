import type { Gravity } from './model-findings.ts';
import type { Place } from './place.ts';

/** The lists of a model that others refer to by index. `lights` are those of an extension. */
export const referredLists = [
  'accessors',
  'animations',
  'bufferViews',
  'buffers',
  'cameras',
  'images',
  'lights',
  'materials',
  'meshes',
  'nodes',
  'samplers',
  'scenes',
  'skins',
  'textures',
] as const;
export type ListName = (typeof referredLists)[number];

interface Common {
  /** How bad a value of the wrong kind is. */
  readonly gravity: Gravity;
  /** How bad null is, if it is worse than any other value of the wrong kind. */
  readonly null?: Gravity;
  /** How bad it is if the property is missing; without it the property is optional. */
  readonly required?: Gravity;
}

/** What a property of the description must be. */
export type Property = Common &
  (
    | { readonly kind: 'index'; readonly list: ListName }
    | { readonly kind: 'number' | 'integer'; readonly min?: number; readonly max?: number; readonly range: Gravity }
    | { readonly kind: 'text' | 'boolean' }
    | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
    | {
        readonly kind: 'list';
        readonly items: Property;
        readonly lengths?: readonly number[];
        /** How bad too few elements are; more than are needed are not read. */
        readonly tooShort?: Gravity;
      }
    | { readonly kind: 'map'; readonly items: Property }
    | { readonly kind: 'object'; readonly shape: Shape }
  );

export interface Shape {
  readonly properties: Readonly<Record<string, Property>>;
  /** What extensions may add to this object, by their names. */
  readonly extensions?: Readonly<Record<string, Shape>>;
}

type Options = Partial<Common>;

export function index(list: ListName, options: Options = {}): Property {
  return { kind: 'index', list, gravity: 'error', ...options };
}

/** `range` says how bad a number outside of `min` to `max` is. */
export function number(
  options: Options & { readonly min?: number; readonly max?: number; readonly range?: Gravity } = {},
): Property {
  return { kind: 'number', gravity: 'error', range: 'warning', ...options };
}

export function integer(
  options: Options & { readonly min?: number; readonly max?: number; readonly range?: Gravity } = {},
): Property {
  return { kind: 'integer', gravity: 'error', range: 'error', min: 0, ...options };
}

export function text(gravity: Gravity, options: Options = {}): Property {
  return { kind: 'text', gravity, ...options };
}

export function boolean(): Property {
  return { kind: 'boolean', gravity: 'warning' };
}

export function choice(values: readonly (string | number)[], options: Options = {}): Property {
  return { kind: 'choice', values, gravity: 'error', ...options };
}

export function listOf(
  items: Property,
  options: Options & { readonly lengths?: readonly number[]; readonly tooShort?: Gravity } = {},
): Property {
  return { kind: 'list', items, gravity: 'error', ...options };
}

export function mapOf(items: Property, options: Options = {}): Property {
  return { kind: 'map', items, gravity: 'error', ...options };
}

export function object(shape: Shape, options: Options = {}): Property {
  return { kind: 'object', shape, gravity: 'error', ...options };
}

/** What the loaders take for missing if it is null; most other values make them throw. */
const MAY_BE_NULL: ReadonlySet<string | number> = new Set([
  'alphaCutoff',
  'animations',
  'attenuationDistance',
  'children',
  'extensionsRequired',
  'extensionsUsed',
  'name',
  'pbrMetallicRoughness',
  'scene',
]);

/** Whether null does no harm in the property at a place. The numbers of a range are not needed. */
export function mayBeNull(place: Place): boolean {
  if (!place) return false;
  const parent = place.parent?.key;
  return MAY_BE_NULL.has(place.key) || (typeof place.key === 'number' && (parent === 'min' || parent === 'max'));
}

/** A list of exactly `length` numbers. */
export function vector(length: number, options: { readonly min?: number; readonly max?: number } = {}): Property {
  return listOf(number(options), { lengths: [length] });
}
