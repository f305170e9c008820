import { countAt, has, listAt, objectAt } from '../untyped.ts';
import { type AccessorLayout, declaredRange, isTight } from './accessor-layout.ts';
import { formatOf, indexComponents, isDrawn, isLongerVector, readNumbered, UNSIGNED_INT } from './attribute-formats.ts';
import type { Fault, Gravity } from './model-findings.ts';
import {
  layoutAt,
  type ModelParts,
  type Primitive,
  primitivesOf,
  targetCountOf,
  vertexCountOf,
} from './model-parts.ts';
import { below, type Place, placeOf } from './place.ts';

/** Checks that the data of each mesh fits together and to its use. */
export function checkMeshes(parts: ModelParts): void {
  const check = new MeshCheck(parts);
  parts.model.list('meshes').forEach((_, index) => {
    check.mesh(index);
  });
}

class MeshCheck {
  readonly #parts: ModelParts;
  /** The first accessor that uses a view without a stride, by view. */
  readonly #viewUsers = new Map<number, number>();

  constructor(parts: ModelParts) {
    this.#parts = parts;
  }

  mesh(index: number): void {
    const { model } = this.#parts;
    const targetCount = targetCountOf(model, index);
    const primitives = primitivesOf(model, index);
    for (const primitive of primitives) {
      this.#attributes(primitive);
      this.#indices(primitive);
      primitive.targets.forEach((_, target) => {
        this.#target(primitive, target);
      });
      if (primitive.targets.length !== targetCount)
        this.#report('targets', 'warning', below(primitive.place, 'targets'));
      this.#textures(primitive);
    }
    const mesh = model.item('meshes', index);
    if (!has(mesh, 'weights') || listAt(mesh, 'weights').length === targetCount) return;
    this.#report('weights', 'warning', placeOf('meshes', index, 'weights'));
  }

  #attributes(primitive: Primitive): void {
    const { attributes, place } = primitive;
    const vertices = vertexCountOf(this.#parts, primitive);
    const at = below(place, 'attributes');
    for (const [name, index] of Object.entries(attributes)) {
      const layout = layoutAt(this.#parts, index);
      const here = below(at, name);
      this.#name(name, here);
      if (!layout) continue;
      this.#format(layout, name, { place: here, isTarget: false, isDraco: primitive.isDraco });
      this.#storage(layout, here);
      const isRead = isDrawn(name, false) && !primitive.isDraco;
      if (vertices !== null) this.#count(layout.count, vertices, { isRead, place: here });
    }
    if (primitive.isDraco) this.#compressed(primitive);
    if (!has(attributes, 'POSITION')) this.#report('no-positions', 'warning', at);
    this.#numbering(attributes, at);
  }

  /** The decoder needs the type of each compressed attribute, which is that of the plain one. */
  #compressed({ json, attributes, place }: Primitive): void {
    const compressed = objectAt(objectAt(objectAt(json, 'extensions'), 'KHR_draco_mesh_compression'), 'attributes');
    for (const name of Object.keys(compressed)) {
      const at = below(place, 'extensions', 'KHR_draco_mesh_compression', 'attributes', name);
      if (!has(attributes, name)) this.#report('compressed', 'error', at, { name });
    }
  }

  #name(name: string, place: Place): void {
    if (!name.startsWith('_') && !formatOf(name, false)) this.#report('attribute-name', 'warning', place, { name });
  }

  #format(
    layout: AccessorLayout,
    name: string,
    { place, isTarget, isDraco }: { readonly place: Place; readonly isTarget: boolean; readonly isDraco: boolean },
  ) {
    const format = formatOf(name, isTarget);
    const params = { name, type: layout.type, componentType: layout.componentType };
    const gravity = isDrawn(name, isTarget) ? 'error' : 'warning';
    // Compressed data has its own type.
    const typeGravity = isDraco ? 'warning' : gravity;
    const isInteger = layout.componentType === UNSIGNED_INT;
    // The values of morph targets are turned into floats.
    if (isInteger) this.#report('attribute-integer', isTarget ? 'warning' : gravity, place, params);
    if (!format) return;
    const allowed = [...format.components, ...(this.#parts.isQuantized ? (format.quantized ?? []) : [])];
    if (!format.types.includes(layout.type)) {
      const isEnough = isLongerVector(layout.type, format.types);
      this.#report('attribute-type', isEnough ? 'warning' : typeGravity, place, params);
    } else if (!isInteger && !allowed.includes(layout.componentType))
      this.#report('attribute-component', 'warning', place, params);
    if (name === 'POSITION' && !declaredRange(layout)) this.#report('no-range', 'note', place);
  }

  #count(
    count: number,
    vertices: number,
    { isRead, place }: { readonly isRead: boolean; readonly place: Place },
  ): void {
    if (count === vertices) return;
    // Vertices without a value make WebGL draw nothing; values without a vertex are not read.
    const isMissing = count < vertices && isRead;
    this.#report('counts', isMissing ? 'error' : 'warning', place, { count, vertices });
  }

  #storage(layout: AccessorLayout, place: Place): void {
    if (layout.view === undefined) return;
    const stride = layout.declaredStride ?? layout.tightStride;
    if (layout.offset % 4 !== 0 || stride % 4 !== 0) this.#report('attribute-alignment', 'note', place);
    if (layout.declaredStride !== undefined) return;
    const user = this.#viewUsers.get(layout.view);
    if (user === undefined) this.#viewUsers.set(layout.view, layout.index);
    else if (user !== layout.index) this.#report('shared-view', 'note', place);
  }

  #numbering(attributes: Readonly<Record<string, unknown>>, place: Place): void {
    const sets = new Map<string, number[]>();
    for (const name of Object.keys(attributes)) {
      const numbered = readNumbered(name);
      if (!numbered) continue;
      const numbers = sets.get(numbered.set) ?? [];
      numbers.push(numbered.number);
      sets.set(numbered.set, numbers);
    }
    for (const [set, numbers] of sets) {
      if (numbers.some((number) => number >= numbers.length))
        this.#report('numbering', 'warning', place, { name: set });
    }
    const [joints, weights] = ['JOINTS', 'WEIGHTS'].map((set) => sets.get(set)?.length ?? 0);
    if (joints !== weights) this.#report('joints-weights', 'warning', place);
  }

  #indices({ json, place, isDraco }: Primitive): void {
    const layout = layoutAt(this.#parts, countAt(json, 'indices'));
    if (!layout) return;
    const at = below(place, 'indices');
    const params = { type: layout.type, componentType: layout.componentType };
    if (layout.type !== 'SCALAR' || !indexComponents.has(layout.componentType)) {
      this.#report('index-type', isDraco ? 'warning' : 'error', at, params);
    } else if (!isTight(layout)) this.#report('index-stride', isDraco ? 'warning' : 'error', at);
    else if (layout.declaredStride !== undefined) this.#report('index-stride', 'note', at);
    if (layout.view !== undefined && this.#viewUsers.has(layout.view)) this.#report('shared-view', 'note', at);
  }

  #target({ attributes, targets, place }: Primitive, index: number): void {
    for (const [name, accessor] of Object.entries(objectAt({ target: targets[index] }, 'target'))) {
      const at = below(place, 'targets', index, name);
      this.#name(name, at);
      if (!has(attributes, name)) this.#report('target-base', 'warning', at, { name });
      const layout = layoutAt(this.#parts, accessor);
      if (!layout) continue;
      this.#format(layout, name, { place: at, isTarget: true, isDraco: false });
      this.#storage(layout, at);
      const base = layoutAt(this.#parts, attributes[name]);
      if (base && base.count !== layout.count) {
        const gravity = isDrawn(name, true) ? 'error' : 'warning';
        this.#report('target-counts', gravity, at, { count: layout.count, vertices: base.count });
      }
    }
  }

  /** The textures of a material need places on the mesh. */
  #textures({ json, attributes, place }: Primitive): void {
    const material = this.#parts.model.item('materials', countAt(json, 'material'));
    const surface = objectAt(material, 'pbrMetallicRoughness');
    const refs = [
      objectAt(surface, 'baseColorTexture'),
      objectAt(surface, 'metallicRoughnessTexture'),
      ...['normalTexture', 'occlusionTexture', 'emissiveTexture'].map((name) => objectAt(material, name)),
    ];
    for (const ref of refs) {
      if (!has(ref, 'index')) continue;
      const transform = objectAt(objectAt(ref, 'extensions'), 'KHR_texture_transform');
      const set = countAt(transform, 'texCoord') ?? countAt(ref, 'texCoord') ?? 0;
      if (has(attributes, `TEXCOORD_${set}`)) continue;
      this.#report('texture-places', 'warning', below(place, 'material'), { name: `TEXCOORD_${set}` });
      return;
    }
  }

  #report(reason: string, gravity: Gravity, place: Place, params?: Fault['params']): void {
    this.#parts.model.findings.add({ topic: 'mismatch', reason, gravity, ...(params && { params }) }, place);
  }
}
