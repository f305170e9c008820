import { asObject, countAt, listAt } from '../untyped.ts';
import { type DrawnMaterial, drawnMaterials } from './drawn-materials.ts';
import type { VrmModel } from './vrm-model.ts';
import { looseIndex, type VrmPlace } from './vrm-place.ts';

// What the binds of an expression move, in the scene that is shown.

const TRIANGLE_MODES: ReadonlySet<unknown> = new Set([undefined, 4, 5, 6]);
/** Attributes of a morph target that three loads. */
const MORPH_ATTRIBUTES = ['POSITION', 'NORMAL', 'COLOR_0'] as const;

export class ExpressionTargets {
  readonly #model: VrmModel;
  readonly #nodesByMesh = new Map<number, number[]>();
  readonly #materials: readonly DrawnMaterial[];

  constructor(model: VrmModel) {
    this.#model = model;
    this.#materials = drawnMaterials(model);
    for (const node of model.nodes.keys()) {
      const mesh = model.meshOf(node);
      if (mesh === undefined) continue;
      const nodes = this.#nodesByMesh.get(mesh);
      if (nodes) nodes.push(node);
      else this.#nodesByMesh.set(mesh, [node]);
    }
  }

  nodesOf(mesh: VrmPlace): readonly number[] {
    const index = looseIndex(mesh.value);
    return index === undefined ? [] : (this.#nodesByMesh.get(index) ?? []);
  }

  /** Whether every part of the node's mesh has this morph target; three-vrm drops the bind otherwise. */
  hasMorph(node: number, index: VrmPlace): boolean {
    const primitives = listAt(this.#model.meshes[this.#model.meshOf(node) ?? -1], 'primitives');
    const drawn = primitives.filter((primitive) => TRIANGLE_MODES.has(asObject(primitive).mode));
    return drawn.length > 0 && drawn.every((primitive) => index.indexInto(loadedTargets(primitive)) !== undefined);
  }

  isShown(node: number): boolean {
    return this.#model.shown.has(node);
  }

  materialsAt(index: VrmPlace): readonly DrawnMaterial[] {
    return this.#materials.filter((material) => material.index === index.value);
  }

  materialsNamed(name: unknown): readonly DrawnMaterial[] {
    return this.#materials.filter((material) => material.name !== undefined && material.name === name);
  }
}

function loadedTargets(primitive: unknown): readonly unknown[] {
  const targets = listAt(primitive, 'targets');
  const isLoaded = targets.some((target) => MORPH_ATTRIBUTES.some((name) => countAt(target, name) !== undefined));
  return isLoaded ? targets : [];
}
