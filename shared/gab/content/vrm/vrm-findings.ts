import { MAX_FINDINGS } from '../../limits.ts';
import type { ContentFinding } from '../probe.ts';
import type { VrmPlace } from './vrm-place.ts';

/** Why three-vrm refuses a file. The texts are in `texts.en.ts`. */
export type VrmFault =
  | 'structure'
  | 'scene'
  | 'bones'
  | 'node'
  | 'no-mesh'
  | 'apart'
  | 'license'
  | 'texture'
  | 'shape'
  | 'circle'
  | 'path'
  | 'hips';

/** What three-vrm leaves out of a file without saying so. */
export type VrmLoss =
  | 'unlisted'
  | 'spec-version'
  | 'meta'
  | 'humanoid'
  | 'bone'
  | 'preset'
  | 'bind'
  | 'spring'
  | 'view';

type Params = NonNullable<ContentFinding['params']>;

/**
 * The findings about one file. Losses of the same kind are one finding with their number, because
 * one wrong index is often repeated a hundred times.
 */
export class VrmFindings {
  readonly #faults: ContentFinding[] = [];
  readonly #losses = new Map<VrmLoss, { readonly pointer: string; readonly params: Params; count: number }>();

  /** Something that three-vrm needs to load the file. */
  fault(reason: VrmFault, { pointer }: VrmPlace, params: Params = {}): void {
    // A report shows no more than this.
    if (this.#faults.length < MAX_FINDINGS)
      this.#faults.push({ code: 'GAB_E_VRM', pointer, params: { reason, ...params } });
  }

  /** Something that three-vrm ignores. */
  loss(reason: VrmLoss, place: VrmPlace, params: Params = {}): void {
    const earlier = this.#losses.get(reason);
    if (earlier) earlier.count += 1;
    else this.#losses.set(reason, { pointer: place.pointer, params, count: 1 });
  }

  /**
   * The items of a list that three-vrm walks through: it fails at anything else than a list, and at
   * `null` in it.
   */
  items(list: VrmPlace): readonly VrmPlace[] {
    if (!list.isPresent) return [];
    if (!Array.isArray(list.value)) {
      this.fault('structure', list);
      return [];
    }
    return list.value.flatMap((_, index) => {
      const item = list.at(index);
      if (item.isPresent) return [item];
      this.fault('structure', item);
      return [];
    });
  }

  get all(): readonly ContentFinding[] {
    const losses = [...this.#losses].map(([reason, { pointer, params, count }]): ContentFinding => {
      return { code: 'GAB_W_VRM', pointer, params: { reason, count, ...params } };
    });
    return [...this.#faults, ...losses];
  }
}
