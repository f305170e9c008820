import type { Mesh, Object3D } from 'three';

interface MorphSlot {
  readonly influences: number[];
  readonly index: number;
  /** The value in the file. */
  readonly rest: number;
}

/** The morphs of all meshes by name: morphs that share a name move together. */
export class MorphSet {
  readonly #slots = new Map<string, MorphSlot[]>();
  #moved: ReadonlySet<string> = new Set();

  constructor(root: Object3D) {
    root.traverse((object) => {
      const { morphTargetDictionary, morphTargetInfluences } = object as Partial<Mesh>;
      if (!morphTargetDictionary || !morphTargetInfluences) return;
      for (const [name, index] of Object.entries(morphTargetDictionary)) {
        const slot = { influences: morphTargetInfluences, index, rest: morphTargetInfluences[index] ?? 0 };
        this.#slots.set(name, [...(this.#slots.get(name) ?? []), slot]);
      }
    });
  }

  get names(): string[] {
    return [...this.#slots.keys()];
  }

  /**
   * Sets these morphs and restores those of the previous call. The others are left to the clips.
   */
  apply(weights: ReadonlyMap<string, number>): void {
    for (const name of this.#moved) if (!weights.has(name)) this.#set(name, null);
    for (const [name, weight] of weights) this.#set(name, weight);
    this.#moved = new Set(weights.keys());
  }

  #set(name: string, weight: number | null): void {
    for (const { influences, index, rest } of this.#slots.get(name) ?? []) influences[index] = weight ?? rest;
  }
}
