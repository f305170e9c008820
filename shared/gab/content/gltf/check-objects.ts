import { asObject } from '../untyped.ts';
import { documentShape } from './document-shape.ts';
import { checkExtensions } from './extension-checks.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Gravity } from './model-findings.ts';
import { below, type Place } from './place.ts';
import type { ListName, Property, Shape } from './property.ts';

/**
 * Checks every object of a model against the table of what it must contain, and every reference
 * against the list it refers to. Reads each value once and goes no deeper than the table.
 */
export function checkObjects(model: GltfModel): void {
  const check = new ObjectCheck(model);
  check.shape(model.json, documentShape, null);
  check.reportUnclear();
}

type Of<Kind extends Property['kind']> = Extract<Property, { readonly kind: Kind }>;

interface UnclearValue {
  readonly owner: ListName;
  readonly index: number;
  readonly place: Place;
  readonly value: string | number;
}

class ObjectCheck {
  readonly #model: GltfModel;
  readonly #unclear: UnclearValue[] = [];

  constructor(model: GltfModel) {
    this.#model = model;
  }

  shape(value: Readonly<Record<string, unknown>>, shape: Shape, place: Place): void {
    for (const [key, property] of Object.entries(shape.properties)) {
      if (Object.hasOwn(value, key)) this.#value(value[key], property, below(place, key));
      else if (property.required) this.#report('missing', property.required, place, key);
    }
    for (const extension of checkExtensions(this.#model, value, shape, place)) {
      this.shape(extension.value, extension.shape, extension.place);
    }
  }

  #value(value: unknown, property: Property, place: Place): void {
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
    if (isCount(value) && value < length) this.#model.use(list, value, place);
    else {
      const params = { list, index: showValue(value), count: length };
      this.#model.findings.add({ topic: 'reference', reason: 'reference', gravity, params }, place);
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

  #choice(value: unknown, { values, gravity, owner }: Of<'choice'>, place: Place): void {
    if (values.some((allowed) => allowed === value)) return;
    if (owner === undefined) this.#report('value', gravity, place, showValue(value));
    else this.#unclear.push({ owner, index: Number(place?.parent?.key), place, value: showValue(value) });
  }

  /** Reports wrong values of which only now is known whether anything uses them. */
  reportUnclear(): void {
    for (const { owner, index, place, value } of this.#unclear) {
      this.#report('value', this.#model.isUsed(owner, index) ? 'error' : 'warning', place, value);
    }
  }

  #list(value: unknown, { items, lengths, gravity }: Of<'list'>, place: Place): void {
    if (!Array.isArray(value)) {
      this.#report('kind', gravity, place);
      return;
    }
    if (lengths && !lengths.includes(value.length)) {
      this.#report('length', gravity, place, value.length);
      return;
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
