import { countAt, has, listAt, objectAt } from '../untyped.ts';
import { type AccessorLayout, readLayout } from './accessor-layout.ts';
import type { GltfModel } from './gltf-model.ts';
import { type Place, placeOf } from './place.ts';

/** A model and how its accessors store their values. */
export interface ModelParts {
  readonly model: GltfModel;
  /** By the index of the accessor; null if its values can't be found. */
  readonly layouts: readonly (AccessorLayout | null)[];
  /** Whether the model may use attributes of KHR_mesh_quantization. */
  readonly isQuantized: boolean;
}

export function readParts(model: GltfModel): ModelParts {
  const layouts = model.list('accessors').map((_, index) => readLayout(model, index));
  return { model, layouts, isQuantized: model.declared.has('KHR_mesh_quantization') };
}

export function layoutAt({ layouts }: ModelParts, index: unknown): AccessorLayout | null {
  return typeof index === 'number' ? (layouts[index] ?? null) : null;
}

export interface Primitive {
  readonly json: unknown;
  readonly place: Place;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly targets: readonly unknown[];
  /** Its vertices are compressed: the accessors only describe them. */
  readonly isDraco: boolean;
}

export function primitivesOf(model: GltfModel, mesh: number): Primitive[] {
  return listAt(model.item('meshes', mesh), 'primitives').map((json, index) => ({
    json,
    place: placeOf('meshes', mesh, 'primitives', index),
    attributes: objectAt(json, 'attributes'),
    targets: listAt(json, 'targets'),
    isDraco: has(objectAt(json, 'extensions'), 'KHR_draco_mesh_compression'),
  }));
}

/** Morph targets of a mesh: those of its first primitive. */
export function targetCountOf(model: GltfModel, mesh: number | undefined): number {
  return listAt(listAt(model.item('meshes', mesh), 'primitives')[0], 'targets').length;
}

/** Vertices of a primitive, or null if its positions can't be found. */
export function vertexCountOf(parts: ModelParts, { attributes }: Primitive): number | null {
  const index = countAt(attributes, 'POSITION') ?? Object.values(attributes).find((value) => typeof value === 'number');
  return layoutAt(parts, index)?.count ?? null;
}
