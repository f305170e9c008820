import { hasTriangles, loadedTargetCount } from '../gltf/loaded-targets.ts';
import { listAt } from '../untyped.ts';
import { type DrawnMaterial, drawnMaterials } from './drawn-materials.ts';
import type { VrmModel } from './vrm-model.ts';
import { looseIndex, type VrmPlace } from './vrm-place.ts';

/** What materials of the same name have in common for the binds that name them. */
export interface NamedMaterials {
  readonly shadings: ReadonlySet<DrawnMaterial['shading']>;
  /** Whether one of them has a picture that an expression can move. */
  readonly hasTexture: boolean;
}

/**
 * What the binds of an expression move, in the scene that is shown. A file may have as many binds
 * as nodes, primitives and materials: each question takes constant time.
 */
export class ExpressionTargets {
  readonly #model: VrmModel;
  /** For each mesh that a node has: whether one of these nodes is shown. */
  readonly #shownMeshes = new Map<number, boolean>();
  readonly #targetCounts = new Map<number, number>();
  readonly #materials: ReadonlyMap<unknown, DrawnMaterial>;
  readonly #named: ReadonlyMap<unknown, NamedMaterials>;

  constructor(model: VrmModel) {
    this.#model = model;
    const materials = drawnMaterials(model);
    this.#materials = new Map(materials.map((material) => [material.index, material]));
    this.#named = nameMaterials(materials);
    for (const node of model.nodes.keys()) {
      const mesh = model.meshOf(node);
      if (mesh === undefined) continue;
      this.#shownMeshes.set(mesh, this.#shownMeshes.get(mesh) === true || model.shown.has(node));
    }
  }

  /** The index of a mesh that a node has. */
  usedMesh(mesh: VrmPlace): number | undefined {
    const index = looseIndex(mesh.value);
    return index !== undefined && this.#shownMeshes.has(index) ? index : undefined;
  }

  /** Whether every part of the mesh has this morph target; three-vrm drops the bind otherwise. */
  hasMorph(mesh: number, index: VrmPlace): boolean {
    const target = looseIndex(index.value);
    return target !== undefined && target < this.#targetCount(mesh);
  }

  isShown(node: number): boolean {
    return this.#model.shown.has(node);
  }

  /** Whether a node that is shown has the mesh. */
  isMeshShown(mesh: number): boolean {
    return this.#shownMeshes.get(mesh) === true;
  }

  materialAt(index: VrmPlace): DrawnMaterial | undefined {
    return this.#materials.get(index.value);
  }

  materialsNamed(name: unknown): NamedMaterials | undefined {
    return this.#named.get(name);
  }

  #targetCount(mesh: number): number {
    const counted = this.#targetCounts.get(mesh);
    if (counted !== undefined) return counted;
    const count = loadedTargetCount(listAt(this.#model.meshes[mesh], 'primitives').filter(hasTriangles));
    this.#targetCounts.set(mesh, count);
    return count;
  }
}

function nameMaterials(materials: readonly DrawnMaterial[]): Map<string, NamedMaterials> {
  const named = new Map<string, { readonly shadings: Set<DrawnMaterial['shading']>; hasTexture: boolean }>();
  for (const { name, shading, hasTexture } of materials) {
    if (name === undefined) continue;
    const same = named.get(name) ?? { shadings: new Set(), hasTexture: false };
    same.shadings.add(shading);
    same.hasTexture ||= hasTexture;
    named.set(name, same);
  }
  return named;
}
