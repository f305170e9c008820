import { countAt, has, listAt } from '../untyped.ts';
import { layoutAt, type ModelParts, type Primitive, primitivesOf, vertexCountOf } from './model-parts.ts';
import { below, type Place, placeOf } from './place.ts';

/** What the values of an accessor are used for, as far as it limits them. */
export interface DataUse {
  /** Values that move vertices: if one is not a number, nothing is drawn. */
  isShape: boolean;
  /** Values must be below: the number of vertices for indices, of joints for `JOINTS_0`. */
  limit?: { readonly below: number; readonly kind: 'index' | 'joint'; readonly place: Place };
  /** `time`: must increase from zero. `weight`: not negative. `matrix`: the last row is 0, 0, 0, 1. */
  kind?: 'time' | 'weight' | 'color' | 'matrix';
  place?: Place;
}

/** What each accessor is used for, by its index. */
export function findUses(parts: ModelParts): ReadonlyMap<number, DataUse> {
  const uses = new DataUses(parts);
  const joints = jointsByMesh(parts);
  // Meshes that are loaded come first: what others need must not hide what these do.
  const meshes = [...parts.model.list('meshes').keys()];
  const [loaded = [], others = []] = [true, false].map((is) =>
    meshes.filter((mesh) => parts.model.loaded.has('meshes', mesh) === is),
  );
  for (const mesh of [...loaded, ...others]) {
    for (const primitive of primitivesOf(parts.model, mesh)) uses.primitive(primitive, joints.get(mesh));
  }
  parts.model.list('skins').forEach((skin, index) => {
    uses.add(countAt(skin, 'inverseBindMatrices'), 'matrix', placeOf('skins', index, 'inverseBindMatrices'));
  });
  parts.model.list('animations').forEach((animation, index) => {
    listAt(animation, 'samplers').forEach((sampler, at) => {
      const place = placeOf('animations', index, 'samplers', at);
      uses.add(countAt(sampler, 'input'), 'time', below(place, 'input'));
      uses.add(countAt(sampler, 'output'), undefined, below(place, 'output'));
    });
  });
  return uses.byAccessor;
}

/** The fewest joints of the skins with which each mesh is used. */
function jointsByMesh({ model }: ModelParts): ReadonlyMap<number, number> {
  const joints = new Map<number, number>();
  model.list('nodes').forEach((node) => {
    const [mesh, skin] = ['mesh', 'skin'].map((key) => countAt(node, key));
    if (mesh === undefined || skin === undefined || skin >= model.list('skins').length) return;
    const count = listAt(model.item('skins', skin), 'joints').length;
    joints.set(mesh, Math.min(count, joints.get(mesh) ?? count));
  });
  return joints;
}

class DataUses {
  readonly byAccessor = new Map<number, DataUse>();
  readonly #parts: ModelParts;

  constructor(parts: ModelParts) {
    this.#parts = parts;
  }

  add(accessor: number | undefined, kind: DataUse['kind'], place: Place): void {
    if (accessor === undefined) return;
    const use = this.#entry(accessor);
    use.isShape = true;
    if (kind && !use.kind) Object.assign(use, { kind, place });
  }

  primitive(primitive: Primitive, joints: number | undefined): void {
    if (primitive.isDraco) return;
    const { attributes, targets, place } = primitive;
    for (const [name, index] of Object.entries(attributes)) {
      if (typeof index === 'number') this.#attribute(name, index, { place: below(place, 'attributes', name), joints });
    }
    for (const target of targets) {
      for (const [name, index] of Object.entries(target ?? {})) {
        if (typeof index === 'number' && isShape(name)) this.#entry(index).isShape = true;
      }
    }
    const vertices = vertexCountOf(this.#parts, primitive);
    const indices = countAt(primitive.json, 'indices');
    if (indices === undefined || vertices === null || !has(primitive.json, 'indices')) return;
    this.#limit(indices, { below: vertices, kind: 'index', place: below(place, 'indices') });
  }

  #attribute(
    name: string,
    index: number,
    { place, joints }: { readonly place: Place; readonly joints: number | undefined },
  ) {
    if (isShape(name)) this.#entry(index).isShape = true;
    if (name.startsWith('WEIGHTS_')) Object.assign(this.#entry(index), { kind: 'weight', place });
    if (name.startsWith('COLOR_')) Object.assign(this.#entry(index), { kind: 'color', place });
    if (name.startsWith('JOINTS_') && joints !== undefined) this.#limit(index, { below: joints, kind: 'joint', place });
  }

  /** The strictest limit counts, of those in meshes that are loaded. */
  #limit(accessor: number, limit: NonNullable<DataUse['limit']>): void {
    const use = this.#entry(accessor);
    const isStricter = !use.limit || limit.below < use.limit.below;
    const { loaded } = this.#parts.model;
    if (!use.limit || (isStricter && loaded.includes(limit.place))) use.limit = limit;
  }

  #entry(accessor: number): DataUse {
    const use = this.byAccessor.get(accessor) ?? { isShape: false };
    if (layoutAt(this.#parts, accessor)) this.byAccessor.set(accessor, use);
    return use;
  }
}

function isShape(attribute: string): boolean {
  return attribute === 'POSITION' || attribute.startsWith('WEIGHTS_');
}
