import { vrmExtensions } from '../supported-extensions.ts';
import { asObject, listAt, objectAt, type Untyped } from '../untyped.ts';
import { looseIndex, VrmPlace } from './vrm-place.ts';

/** VRM 1.0 is `VRMC_vrm`, VRM 0.x `VRM`. */
export interface VrmPart {
  readonly version: 0 | 1;
  readonly place: VrmPlace;
}

const SPEC_VERSIONS: ReadonlySet<unknown> = new Set(['1.0', '1.0-beta']);

/** Whether three-vrm reads an extension of this version; others are as good as absent. */
export function hasKnownSpecVersion(extension: VrmPlace): boolean {
  return SPEC_VERSIONS.has(extension.at('specVersion').value);
}

/**
 * Whether the preview loads a model with three-vrm: if it has VRM data, or uses an extension that
 * only three-vrm draws.
 */
export function loadsWithThreeVrm(gltf: Untyped): boolean {
  const extensions = objectAt(gltf, 'extensions');
  const used = ['extensionsUsed', 'extensionsRequired'].flatMap((key) => listAt(gltf, key));
  return vrmExtensions.some(
    (name) => name !== 'VRMC_vrm_animation' && (Object.hasOwn(extensions, name) || used.includes(name)),
  );
}

/** The JSON of a model, as three-vrm looks at it. */
export class VrmModel {
  readonly root: VrmPlace;
  readonly extensions: VrmPlace;
  readonly nodes: readonly unknown[];
  readonly meshes: readonly unknown[];
  /** `VRMC_vrm`, if three-vrm reads it. */
  readonly current: VrmPlace | null;
  /** `VRM`, which three-vrm reads for everything that it did not find in `VRMC_vrm`. */
  readonly older: VrmPlace | null;
  /** Index of the parent by index of the node. */
  readonly parents: ReadonlyMap<number, number>;
  /** Nodes below the scene that is shown. */
  readonly shown: ReadonlySet<number>;

  constructor(gltf: Untyped) {
    this.root = new VrmPlace(gltf);
    this.extensions = this.root.at('extensions');
    this.nodes = listAt(gltf, 'nodes');
    this.meshes = listAt(gltf, 'meshes');
    const current = this.extensions.at('VRMC_vrm');
    const older = this.extensions.at('VRM');
    this.current = this.isUsed('VRMC_vrm') && current.value && hasKnownSpecVersion(current) ? current : null;
    this.older = older.value ? older : null;
    this.parents = parentsOf(this.nodes);
    this.shown = reachable(this.nodes, listAt(this.scene.value, 'nodes'));
  }

  isUsed(extension: string): boolean {
    return listAt(this.root.value, 'extensionsUsed').includes(extension);
  }

  /** The scene that is shown. */
  get scene(): VrmPlace {
    return this.root.at('scenes').at(looseIndex(asObject(this.root.value).scene) ?? 0);
  }

  /** Whether a node hangs below another one or is at the top of any scene. */
  hasParent(node: number): boolean {
    return (
      this.parents.has(node) ||
      listAt(this.root.value, 'scenes').some((scene) =>
        listAt(scene, 'nodes').some((root) => looseIndex(root) === node),
      )
    );
  }

  get meta(): VrmPart | null {
    return this.#part('meta', 'meta');
  }

  get humanoid(): VrmPart | null {
    return this.#part('humanoid', 'humanoid');
  }

  get expressions(): VrmPart | null {
    return this.#part('expressions', 'blendShapeMaster');
  }

  /** Without both of them, three-vrm creates no figure: no expressions, no humanoid animations. */
  get hasFigure(): boolean {
    return this.meta !== null && this.humanoid !== null;
  }

  /** The mesh of a node. */
  meshOf(node: number): number | undefined {
    return looseIndex(asObject(this.nodes[node]).mesh);
  }

  #part(currentKey: string, olderKey: string): VrmPart | null {
    const place = this.current?.at(currentKey);
    if (place?.value) return { version: 1, place };
    const olderPlace = this.older?.at(olderKey);
    return olderPlace?.value ? { version: 0, place: olderPlace } : null;
  }
}

function parentsOf(nodes: readonly unknown[]): Map<number, number> {
  const parents = new Map<number, number>();
  for (const [index, node] of nodes.entries()) {
    for (const child of listAt(node, 'children')) {
      const childIndex = looseIndex(child);
      if (childIndex !== undefined) parents.set(childIndex, index);
    }
  }
  return parents;
}

function reachable(nodes: readonly unknown[], roots: readonly unknown[]): Set<number> {
  const found = new Set<number>();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const node = looseIndex(waiting.pop());
    if (node === undefined || found.has(node) || nodes[node] === undefined) continue;
    found.add(node);
    for (const child of listAt(nodes[node], 'children')) waiting.push(child);
  }
  return found;
}
