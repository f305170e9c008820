import type { GabCode } from '../../codes.ts';
import { MAX_FINDINGS } from '../../limits.ts';
import type { ContentFinding } from '../probe.ts';
import type { LoadedObjects } from './loaded-objects.ts';
import { type Place, pointerTo } from './place.ts';

/**
 * What a fault does. `error`: the loaders of our runtime throw, or draw something wrong. `warning`:
 * our runtime draws it, others may not. `note`: a formality that no known program depends on.
 */
export type Gravity = 'error' | 'warning' | 'note';

/** What a fault is about. Errors of each topic have their own code. */
export type Topic = 'property' | 'reference' | 'nodes' | 'bounds' | 'mismatch' | 'data' | 'unused';

type Params = Readonly<Record<string, string | number | boolean>>;

export interface Fault {
  readonly topic: Topic;
  readonly gravity: Gravity;
  readonly reason: string;
  readonly params?: Params;
}

const errorCodes = {
  property: 'GAB_E_GLB_PROPERTY',
  reference: 'GAB_E_GLB_REFERENCE',
  nodes: 'GAB_E_GLB_NODES',
  bounds: 'GAB_E_GLB_BOUNDS',
  mismatch: 'GAB_E_GLB_MISMATCH',
  data: 'GAB_E_GLB_DATA',
} as const satisfies Record<Exclude<Topic, 'unused'>, GabCode>;

function codeOf({ topic, gravity }: Fault): GabCode {
  if (topic === 'unused') return 'GAB_I_GLB_UNUSED';
  if (gravity === 'error') return errorCodes[topic];
  if (gravity === 'note') return 'GAB_I_GLB_FORMALITY';
  return topic === 'data' ? 'GAB_W_GLB_DATA' : 'GAB_W_GLB_DESCRIPTION';
}

interface Group {
  readonly code: GabCode;
  readonly pointer: string;
  readonly params: Params;
  count: number;
}

/** An error in what the loaders don't load: all of them are one kind of warning. */
function asUnused({ reason }: Fault): Fault {
  return { topic: 'property', gravity: 'warning', reason: 'unused-fault', params: { fault: reason } };
}

/**
 * The findings about one model. Errors in what the loaders don't load become warnings; others are
 * listed place by place. Of warnings and notes of the same kind only the first place is kept, with
 * their number, because exporters make the same slip everywhere.
 */
export class ModelFindings {
  readonly #errors: ContentFinding[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #loaded: LoadedObjects;

  constructor(loaded: LoadedObjects) {
    this.#loaded = loaded;
  }

  add(found: Fault, place: Place): void {
    const fault = found.gravity === 'error' && !this.#loaded.includes(place) ? asUnused(found) : found;
    const code = codeOf(fault);
    const params = { reason: fault.reason, ...fault.params };
    if (fault.gravity === 'error') {
      if (this.#errors.length < MAX_FINDINGS) this.#errors.push({ code, pointer: pointerTo(place), params });
      return;
    }
    const key = `${code} ${fault.reason}`;
    const group = this.#groups.get(key);
    if (group) group.count += 1;
    else this.#groups.set(key, { code, pointer: pointerTo(place), params, count: 1 });
  }

  toList(): ContentFinding[] {
    const groups = [...this.#groups.values()];
    return [
      ...this.#errors,
      ...groups.map(({ code, pointer, params, count }) => ({ code, pointer, params: { ...params, count } })),
    ];
  }
}
