import { asObject, listAt, objectAt, type Untyped } from '../untyped.ts';
import { ModelFindings } from './model-findings.ts';
import type { Place } from './place.ts';
import { type ListName, referredLists } from './property.ts';

interface Use {
  readonly index: number;
  /** The index of the element that refers to it. */
  readonly owner: number;
}

/** A model while it is checked: its lists, what refers to them, and what was found. */
export class GltfModel {
  readonly json: Untyped;
  readonly findings = new ModelFindings();
  /** The extensions that the model says it uses. */
  readonly declared: ReadonlySet<unknown>;
  /** Set when an object has an extension that the tables don't describe. */
  hasUnknownExtensions = false;
  readonly #lists: ReadonlyMap<ListName, readonly unknown[]>;
  readonly #used: ReadonlyMap<ListName, Uint8Array>;
  /** Which material uses which texture, and which mesh uses which material. */
  readonly #uses = { textures: [] as Use[], materials: [] as Use[] };

  constructor(json: Untyped) {
    this.json = json;
    this.declared = new Set(listAt(json, 'extensionsUsed'));
    const lights = listAt(objectAt(objectAt(json, 'extensions'), 'KHR_lights_punctual'), 'lights');
    const lists = referredLists.map((name) => [name, name === 'lights' ? lights : listAt(json, name)] as const);
    this.#lists = new Map(lists);
    this.#used = new Map(lists.map(([name, items]) => [name, new Uint8Array(items.length)]));
  }

  list(name: ListName): readonly unknown[] {
    return this.#lists.get(name) ?? [];
  }

  /** An element of a list, or an empty object if there is none. */
  item(name: ListName, index: number | undefined): Untyped {
    return index === undefined ? asObject(undefined) : asObject(this.list(name)[index]);
  }

  /** Notes that something refers to an element; `from` is where. */
  use(name: ListName, index: number, from: Place): void {
    const used = this.#used.get(name);
    if (used) used[index] = 1;
    if (name === 'textures' || name === 'materials') this.#uses[name].push({ index, owner: secondKeyOf(from) });
  }

  /** The textures that are drawn: those of the materials of the meshes that a node uses. */
  drawnTextures(): ReadonlySet<number> {
    const materials = new Set<number>();
    for (const { index, owner } of this.#uses.materials) if (this.isUsed('meshes', owner)) materials.add(index);
    const drawn = this.#uses.textures.filter(({ owner }) => materials.has(owner));
    return new Set(drawn.map(({ index }) => index));
  }

  isUsed(name: ListName, index: number): boolean {
    return this.#used.get(name)?.[index] === 1;
  }
}

/** The 3 of `/materials/3/normalTexture/index`. */
function secondKeyOf(place: Place): number {
  let at = place;
  while (at?.parent?.parent) at = at.parent;
  return Number(at?.key);
}
