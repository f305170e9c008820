import { asObject } from '../untyped.ts';
import { documentShape } from './document-shape.ts';
import { checkExtensions } from './extension-checks.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Gravity } from './model-findings.ts';
import { below, type Place } from './place.ts';
import { mayBeNull, type Property, type Shape } from './property.ts';

/**
 * Checks every object of a model against the table of what it must contain, and every reference
 * against the list it refers to. Reads each value once and goes no deeper than the table.
 */
export function checkObjects(model: GltfModel): void {
  const check = new ObjectCheck(model);
  check.shape(model.json, documentShape, null);
}

type Of<Kind extends Property['kind']> = Extract<Property, { readonly kind: Kind }>;

interface ReadShape {
  readonly properties: ReadonlyMap<string, Property>;
  readonly required: readonly (readonly [key: string, gravity: Gravity])[];
}

/** The tables as maps: a model has tens of thousands of objects of few shapes. */
const readShapes = new WeakMap<Shape, ReadShape>();

function readShape(shape: Shape): ReadShape {
  const earlier = readShapes.get(shape);
  if (earlier) return earlier;
  const entries = Object.entries(shape.properties);
  const required = entries.flatMap(([key, property]) => (property.required ? [[key, property.required] as const] : []));
  const read = { properties: new Map(entries), required };
  readShapes.set(shape, read);
  return read;
}

class ObjectCheck {
  readonly #model: GltfModel;

  constructor(model: GltfModel) {
    this.#model = model;
  }

  shape(value: Readonly<Record<string, unknown>>, shape: Shape, place: Place): void {
    const { properties, required } = readShape(shape);
    // Pairs of keys and values would be an array for each of thousands of values.
    for (const key of Object.keys(value)) {
      const property = properties.get(key);
      if (!property) continue;
      const content = value[key];
      if (!this.#isFine(content, property)) this.#value(content, property, below(place, key));
    }
    for (const [key, gravity] of required) {
      if (!Object.hasOwn(value, key)) this.#report('missing', gravity, place, key);
    }
    for (const extension of checkExtensions(this.#model, value, shape, place)) {
      this.shape(extension.value, extension.shape, extension.place);
    }
  }

  /** Almost every value is fine: these need no place. */
  #isFine(value: unknown, property: Property): boolean {
    if (property.kind === 'text') return typeof value === 'string';
    if (property.kind === 'choice') return property.values.some((allowed) => allowed === value);
    if (property.kind !== 'index') return false;
    if (!isCount(value) || value >= this.#model.list(property.list).length) return false;
    this.#model.use(property.list, value);
    return true;
  }

  #value(value: unknown, property: Property, place: Place): void {
    if (value === null && mayBeNull(place)) {
      this.#report('null', 'warning', place);
      return;
    }
    if (value === null && property.null) {
      this.#report('kind', property.null, place);
      return;
    }
    switch (property.kind) {
      case 'index':
        this.#index(value, property, place);
        break;
      case 'number':
      case 'integer':
        this.#number(value, property, place);
        break;
      case 'text':
        this.#kind(typeof value === 'string', property, place);
        break;
      case 'boolean':
        this.#kind(typeof value === 'boolean', property, place);
        break;
      case 'choice':
        this.#choice(value, property, place);
        break;
      case 'list':
        this.#list(value, property, place);
        break;
      case 'map':
      case 'object':
        this.#object(value, property, place);
        break;
    }
  }

  #index(value: unknown, { list, gravity }: Of<'index'>, place: Place): void {
    const { length } = this.#model.list(list);
    if (isCount(value) && value < length) this.#model.use(list, value);
    else {
      const params = { list, index: showValue(value), count: length };
      // Without any scene, the preview shows all nodes.
      const isHarmless = list === 'scenes' && length === 0;
      const fault = {
        topic: 'reference',
        reason: 'reference',
        gravity: isHarmless ? 'warning' : gravity,
        params,
      } as const;
      this.#model.findings.add(fault, place);
    }
  }

  #number(value: unknown, property: Of<'number' | 'integer'>, place: Place): void {
    const { kind, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = property;
    // JSON has no infinity, but a number such as 1e999 is read as one.
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    if (!isNumber || (kind === 'integer' && !Number.isSafeInteger(value))) this.#kind(false, property, place);
    else if (value < min || value > max) {
      // Counts and offsets below zero make the loaders throw.
      const isNegativeCount = kind === 'integer' && value < 0;
      this.#report('range', isNegativeCount ? 'error' : property.range, place, value);
    }
  }

  #choice(value: unknown, { values, gravity }: Of<'choice'>, place: Place): void {
    if (!values.some((allowed) => allowed === value)) this.#report('value', gravity, place, showValue(value));
  }

  #list(value: unknown, { items, lengths, gravity, tooShort = gravity }: Of<'list'>, place: Place): void {
    if (!Array.isArray(value)) {
      this.#report('kind', gravity, place);
      return;
    }
    if (lengths && !lengths.includes(value.length)) {
      const isLonger = value.length > Math.max(...lengths);
      this.#report('length', isLonger ? 'warning' : tooShort, place, value.length);
      if (!isLonger) return;
    }
    if (value.length === 0) this.#report('empty', 'note', place);
    value.forEach((item: unknown, index) => {
      this.#value(item, items, below(place, index));
    });
    if (items.kind === 'index' || items.kind === 'text') this.#duplicates(value, place);
  }

  #duplicates(values: readonly unknown[], place: Place): void {
    const seen = new Set<unknown>();
    for (const [at, value] of values.entries()) {
      if (seen.has(value)) {
        this.#report('duplicate', 'warning', below(place, at));
        return;
      }
      seen.add(value);
    }
  }

  #object(value: unknown, property: Of<'map' | 'object'>, place: Place): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.#report('kind', property.gravity, place);
      return;
    }
    const record = asObject(value);
    if (property.kind === 'object') {
      this.shape(record, property.shape, place);
      return;
    }
    const entries = Object.entries(record);
    if (entries.length === 0) this.#report('empty', 'note', place);
    for (const [key, item] of entries) this.#value(item, property.items, below(place, key));
  }

  #kind(isRight: boolean, { gravity }: Property, place: Place): void {
    if (!isRight) this.#report('kind', gravity, place);
  }

  #report(reason: string, gravity: Gravity, place: Place, found?: string | number): void {
    const property = String(reason === 'missing' ? found : (place?.key ?? ''));
    const params = { property, ...(reason !== 'missing' && found !== undefined && { found }) };
    this.#model.findings.add({ topic: 'property', reason, gravity, params }, place);
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** A value for a sentence. */
function showValue(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : typeof value;
}
