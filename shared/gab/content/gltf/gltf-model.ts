import { asObject, listAt, objectAt, type Untyped } from '../untyped.ts';
import { LoadedObjects } from './loaded-objects.ts';
import { ModelFindings } from './model-findings.ts';
import { type ListName, referredLists } from './property.ts';

/** A model while it is checked: its lists, what refers to them, and what was found. */
export class GltfModel {
  readonly json: Untyped;
  readonly findings: ModelFindings;
  /** What the loaders load: faults elsewhere only cause warnings. */
  readonly loaded: LoadedObjects;
  /** The extensions that the model says it uses. */
  readonly declared: ReadonlySet<unknown>;
  /** Set when an object has an extension that the tables don't describe. */
  hasUnknownExtensions = false;
  readonly #lists: ReadonlyMap<ListName, readonly unknown[]>;
  readonly #used: ReadonlyMap<ListName, Uint8Array>;

  constructor(json: Untyped) {
    this.json = json;
    this.declared = new Set(listAt(json, 'extensionsUsed'));
    const lights = listAt(objectAt(objectAt(json, 'extensions'), 'KHR_lights_punctual'), 'lights');
    const lists = referredLists.map((name) => [name, name === 'lights' ? lights : listAt(json, name)] as const);
    this.#lists = new Map(lists);
    this.loaded = new LoadedObjects(json, this.#lists);
    this.findings = new ModelFindings(this.loaded);
    this.#used = new Map(lists.map(([name, items]) => [name, new Uint8Array(items.length)]));
  }

  list(name: ListName): readonly unknown[] {
    return this.#lists.get(name) ?? [];
  }

  /** An element of a list, or an empty object if there is none. */
  item(name: ListName, index: number | undefined): Untyped {
    return index === undefined ? asObject(undefined) : asObject(this.list(name)[index]);
  }

  /** Notes that something refers to an element. */
  use(name: ListName, index: number): void {
    const used = this.#used.get(name);
    if (used) used[index] = 1;
  }

  isUsed(name: ListName, index: number): boolean {
    return this.#used.get(name)?.[index] === 1;
  }
}
