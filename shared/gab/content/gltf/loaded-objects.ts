import { asObject, countAt, has, listAt, objectAt, type Untyped } from '../untyped.ts';
import { loadsWithThreeVrm } from '../vrm/vrm-model.ts';
import type { Place } from './place.ts';
import type { ListName } from './property.ts';
import { sourceExtensions } from './texture-shapes.ts';

/** What a node refers to. */
const NODE_PARTS = [
  ['meshes', 'mesh'],
  ['skins', 'skin'],
  ['cameras', 'camera'],
] as const satisfies readonly (readonly [ListName, string])[];

type Lists = ReadonlyMap<ListName, readonly unknown[]>;

/** The loaders read these as a whole, or never fail at what is in them. */
const ALWAYS_LOADED: ReadonlySet<string> = new Set(['animations', 'samplers', 'scenes']);

/**
 * Which elements of a model the loaders load: three.js all scenes and animations, three-vrm and the
 * preview of a model without scenes all nodes, and only what these need. A fault in any other element does no harm, except in the few
 * values that three.js reads of every node, skin and camera.
 */
export class LoadedObjects {
  readonly #json: Untyped;
  readonly #lists: Lists;
  readonly #isVrm: boolean;
  readonly #usesDraco: boolean;
  /** By list, one byte for each element: 1 if it is loaded. */
  readonly #loaded: ReadonlyMap<ListName, Uint8Array>;
  /** A list and no recursion, because any number of nodes may be inside each other. */
  readonly #nodesToFollow: Untyped[] = [];
  /** The samplers that channels name, by animation. */
  readonly #animationSamplers = new Map<number, Set<number>>();

  constructor(json: Untyped, lists: Lists) {
    this.#json = json;
    this.#lists = lists;
    this.#loaded = new Map([...lists].map(([name, items]) => [name, new Uint8Array(items.length)]));
    this.#isVrm = loadsWithThreeVrm(json) || has(objectAt(json, 'extensions'), 'VRMC_vrm_animation');
    this.#usesDraco = listAt(json, 'extensionsUsed').includes('KHR_draco_mesh_compression');
    const scenes = this.#list('scenes');
    if (this.#isVrm || scenes.length === 0) this.#loadAll('nodes', [...this.#list('nodes').keys()]);
    for (const scene of scenes) this.#loadAll('nodes', listAt(scene, 'nodes'));
    this.#list('animations').forEach((animation, index) => {
      this.#followAnimation(animation, index);
    });
    for (let node = this.#nodesToFollow.pop(); node; node = this.#nodesToFollow.pop()) this.#followNode(node);
  }

  has(list: ListName, index: number): boolean {
    return ALWAYS_LOADED.has(list) || this.#loaded.get(list)?.[index] === 1;
  }

  /** Whether the loaders read what is at a place of the JSON. */
  includes(place: Place): boolean {
    const [list, index, inner, innerIndex] = elementOf(place);
    if (typeof index !== 'number') return true;
    if (list === 'animations' && inner === 'samplers' && typeof innerIndex === 'number') {
      return this.#animationSamplers.get(index)?.has(innerIndex) === true;
    }
    return !this.#lists.has(list) || this.has(list, index) || this.#isRead(list, index, inner);
  }

  /** What three.js reads before it knows what it needs (`_markDefs`), and of every camera. */
  #isRead(list: ListName, index: number, key: string | number | undefined): boolean {
    const item = this.#list(list)[index];
    if (key === undefined && !(item instanceof Object)) return this.#isTouched(list, index, item);
    if (list === 'nodes') return key === 'mesh' && has(item, 'skin');
    if (list === 'skins') return key === undefined || key === 'joints';
    return list === 'cameras' && key === 'name';
  }

  /** An element that is not an object, although the loaders look into it or mark it. */
  #isTouched(list: ListName, index: number, item: unknown): boolean {
    if (list === 'skins' || (list === 'nodes' && this.#list('skins').length > 0)) return true;
    if (list === 'meshes')
      return this.#list('nodes').some((node) => has(node, 'skin') && countAt(node, 'mesh') === index);
    return item === null && (list === 'nodes' || list === 'cameras' || this.#isVrm);
  }

  #list(name: ListName): readonly unknown[] {
    return this.#lists.get(name) ?? [];
  }

  #load(list: ListName, index: unknown): void {
    const loaded = this.#loaded.get(list);
    // Undefined, too, where there is no such element.
    if (typeof index !== 'number' || loaded?.[index] !== 0) return;
    loaded[index] = 1;
    const item = asObject(this.#list(list)[index]);
    if (list === 'nodes') this.#nodesToFollow.push(item);
    else if (list === 'skins') this.#followSkin(item);
    else if (list === 'meshes') for (const primitive of listAt(item, 'primitives')) this.#followPrimitive(primitive);
    else if (list === 'accessors') this.#followAccessor(item);
    else if (list === 'bufferViews') this.#followView(item);
    else if (list === 'images') this.#load('bufferViews', countAt(item, 'bufferView'));
    else if (list === 'materials') this.#followMaterial(item, index);
    else if (list === 'textures') this.#followTexture(item);
  }

  #followNode(node: Untyped): void {
    const extensions = objectAt(node, 'extensions');
    for (const [list, key] of NODE_PARTS) this.#load(list, countAt(node, key));
    this.#loadAll('nodes', listAt(node, 'children'));
    this.#load('lights', countAt(objectAt(extensions, 'KHR_lights_punctual'), 'light'));
    this.#loadAll('accessors', objectAt(objectAt(extensions, 'EXT_mesh_gpu_instancing'), 'attributes'));
  }

  #followSkin(skin: Untyped): void {
    this.#load('accessors', countAt(skin, 'inverseBindMatrices'));
    this.#loadAll('nodes', listAt(skin, 'joints'));
  }

  /** A channel that names no node is skipped once its sampler was looked up. */
  #followAnimation(animation: unknown, index: number): void {
    const samplers = listAt(animation, 'samplers');
    const named = new Set<number>();
    for (const channel of listAt(animation, 'channels')) {
      const target = objectAt(channel, 'target');
      const sampler = countAt(channel, 'sampler') ?? -1;
      if (!has(target, 'node') && samplers[sampler] !== null) continue;
      this.#load('nodes', countAt(target, 'node'));
      named.add(sampler);
    }
    this.#animationSamplers.set(index, named);
    for (const at of named) for (const key of ['input', 'output']) this.#load('accessors', countAt(samplers[at], key));
  }

  #followPrimitive(primitive: unknown): void {
    this.#loadAll('accessors', objectAt(primitive, 'attributes'));
    for (const target of listAt(primitive, 'targets')) this.#loadAll('accessors', asObject(target));
    this.#load('materials', countAt(primitive, 'material'));
    const extensions = objectAt(primitive, 'extensions');
    const isDraco = has(extensions, 'KHR_draco_mesh_compression') && this.#usesDraco;
    this.#load('bufferViews', countAt(objectAt(extensions, 'KHR_draco_mesh_compression'), 'bufferView'));
    // The decoder brings its own.
    if (!isDraco) this.#load('accessors', countAt(primitive, 'indices'));
  }

  #followAccessor(accessor: Untyped): void {
    const sparse = objectAt(accessor, 'sparse');
    for (const part of [accessor, objectAt(sparse, 'indices'), objectAt(sparse, 'values')]) {
      this.#load('bufferViews', countAt(part, 'bufferView'));
    }
  }

  #followView(view: Untyped): void {
    for (const part of [view, ...Object.values(objectAt(view, 'extensions'))]) {
      this.#load('buffers', countAt(part, 'buffer'));
    }
  }

  /** Extensions of materials, those of VRM included, name their textures as glTF does. */
  #followMaterial(material: Untyped, index: number): void {
    const extensions = Object.values(objectAt(material, 'extensions'));
    for (const part of [material, objectAt(material, 'pbrMetallicRoughness'), ...extensions]) {
      for (const ref of Object.values(asObject(part))) this.#load('textures', countAt(ref, 'index'));
    }
    const older = listAt(objectAt(objectAt(this.#json, 'extensions'), 'VRM'), 'materialProperties')[index];
    this.#loadAll('textures', objectAt(older, 'textureProperties'));
  }

  #followTexture(texture: Untyped): void {
    const extensions = objectAt(texture, 'extensions');
    const names = [...sourceExtensions.values()].filter((name) => has(extensions, name));
    const holders = names.length > 0 ? names.map((name) => objectAt(extensions, name)) : [texture];
    for (const holder of holders) this.#load('images', countAt(holder, 'source'));
  }

  #loadAll(list: ListName, indices: Untyped | readonly unknown[]): void {
    for (const index of Object.values(indices)) this.#load(list, index);
  }
}

/** The list and index with which a place begins, and the two keys below. */
function elementOf(place: Place): readonly [list: ListName, ...keys: (string | number | undefined)[]] {
  const keys: (string | number)[] = [];
  for (let at = place; at; at = at.parent) keys.push(at.key);
  keys.reverse();
  // The lights are the list of an extension.
  const path = keys[0] === 'extensions' && keys[1] === 'KHR_lights_punctual' ? keys.slice(2) : keys;
  return [path[0] as ListName, ...path.slice(1, 4)];
}
