import { asObject, countAt, has, listAt, objectAt, type Untyped } from '../untyped.ts';
import type { Place } from './place.ts';
import type { ListName } from './property.ts';
import { sourceExtensions } from './texture-shapes.ts';

type Lists = ReadonlyMap<ListName, readonly unknown[]>;

/** The loaders read these as a whole, or never fail at what is in them. */
const ALWAYS_LOADED: ReadonlySet<string> = new Set(['animations', 'cameras', 'nodes', 'samplers', 'scenes', 'skins']);

/**
 * Which elements of a model the loaders load: three.js all scenes, animations, cameras and joints,
 * three-vrm all nodes, and both only what these need. A fault in any other element does no harm.
 */
export class LoadedObjects {
  readonly #json: Untyped;
  readonly #lists: Lists;
  readonly #loaded = new Map<string, Set<number>>();
  /** The samplers that channels name, by animation. */
  readonly #animationSamplers = new Map<number, Set<number>>();

  constructor(json: Untyped, lists: Lists) {
    this.#json = json;
    this.#lists = lists;
    for (const node of this.#list('nodes')) this.#followNode(node);
    for (const skin of this.#list('skins')) this.#load('accessors', countAt(skin, 'inverseBindMatrices'));
    this.#list('animations').forEach((animation, index) => {
      this.#followAnimation(animation, index);
    });
  }

  has(list: ListName, index: number): boolean {
    return ALWAYS_LOADED.has(list) || this.#loaded.get(list)?.has(index) === true;
  }

  /** Whether the loaders read what is at a place of the JSON. */
  includes(place: Place): boolean {
    const [list, index, inner, innerIndex] = elementOf(place);
    if (typeof index !== 'number') return true;
    if (list === 'animations' && inner === 'samplers' && typeof innerIndex === 'number') {
      return this.#animationSamplers.get(index)?.has(innerIndex) === true;
    }
    return !this.#lists.has(list) || this.has(list, index);
  }

  #list(name: ListName): readonly unknown[] {
    return this.#lists.get(name) ?? [];
  }

  #load(list: ListName, index: unknown): void {
    if (typeof index !== 'number' || index >= this.#list(list).length) return;
    const loaded = this.#loaded.get(list) ?? new Set();
    if (loaded.has(index)) return;
    this.#loaded.set(list, loaded.add(index));
    const item = asObject(this.#list(list)[index]);
    if (list === 'meshes') for (const primitive of listAt(item, 'primitives')) this.#followPrimitive(primitive);
    else if (list === 'accessors') this.#followAccessor(item);
    else if (list === 'bufferViews') this.#followView(item);
    else if (list === 'images') this.#load('bufferViews', countAt(item, 'bufferView'));
    else if (list === 'materials') this.#followMaterial(item, index);
    else if (list === 'textures') this.#followTexture(item);
  }

  #followNode(node: unknown): void {
    const extensions = objectAt(node, 'extensions');
    this.#load('meshes', countAt(node, 'mesh'));
    this.#load('lights', countAt(objectAt(extensions, 'KHR_lights_punctual'), 'light'));
    this.#loadAll('accessors', objectAt(objectAt(extensions, 'EXT_mesh_gpu_instancing'), 'attributes'));
  }

  #followAnimation(animation: unknown, index: number): void {
    const samplers = listAt(animation, 'samplers');
    const named = new Set<number>();
    for (const channel of listAt(animation, 'channels')) named.add(countAt(channel, 'sampler') ?? -1);
    this.#animationSamplers.set(index, named);
    for (const at of named) for (const key of ['input', 'output']) this.#load('accessors', countAt(samplers[at], key));
  }

  #followPrimitive(primitive: unknown): void {
    this.#loadAll('accessors', objectAt(primitive, 'attributes'));
    for (const target of listAt(primitive, 'targets')) this.#loadAll('accessors', asObject(target));
    this.#load('accessors', countAt(primitive, 'indices'));
    this.#load('materials', countAt(primitive, 'material'));
    const compressed = objectAt(objectAt(primitive, 'extensions'), 'KHR_draco_mesh_compression');
    this.#load('bufferViews', countAt(compressed, 'bufferView'));
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

  #loadAll(list: ListName, indices: Untyped): void {
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
