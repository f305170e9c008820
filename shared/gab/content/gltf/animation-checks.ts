import { countAt, has, listAt, objectAt, textAt, type Untyped } from '../untyped.ts';
import { type AccessorLayout, declaredRange, isTight } from './accessor-layout.ts';
import { animationComponents, FLOAT, UNSIGNED_INT } from './attribute-formats.ts';
import type { Fault, Gravity } from './model-findings.ts';
import { layoutAt, type ModelParts, targetCountOf } from './model-parts.ts';
import { below, type Place, placeOf } from './place.ts';

/** What the values of each animated property must be. */
const valueTypes: ReadonlyMap<string, string> = new Map([
  ['translation', 'VEC3'],
  ['rotation', 'VEC4'],
  ['scale', 'VEC3'],
  ['weights', 'SCALAR'],
]);

/** Checks that the keyframes of each animation fit to what it moves. */
export function checkAnimations(parts: ModelParts): void {
  const check = new AnimationCheck(parts);
  parts.model.list('animations').forEach((animation, index) => {
    check.animation(animation, placeOf('animations', index));
  });
}

class AnimationCheck {
  readonly #parts: ModelParts;

  constructor(parts: ModelParts) {
    this.#parts = parts;
  }

  animation(animation: unknown, place: Place): void {
    const samplers = listAt(animation, 'samplers');
    samplers.forEach((sampler, index) => {
      this.#times(sampler, below(place, 'samplers', index, 'input'));
    });
    const seen = new Set<string>();
    listAt(animation, 'channels').forEach((channel, index) => {
      const at = below(place, 'channels', index);
      const target = objectAt(channel, 'target');
      this.#target(target, seen, below(at, 'target'));
      const sampler = countAt(channel, 'sampler');
      if (sampler !== undefined && sampler >= samplers.length) {
        const params = { list: 'samplers', index: sampler, count: samplers.length };
        const fault = { topic: 'reference', reason: 'reference', gravity: 'error', params } as const;
        this.#parts.model.findings.add(fault, below(at, 'sampler'));
      } else if (sampler !== undefined) this.#values(samplers[sampler], target, below(at, 'sampler'));
    });
  }

  #times(sampler: unknown, place: Place): void {
    const times = layoutAt(this.#parts, countAt(sampler, 'input'));
    if (!times) return;
    if (times.type !== 'SCALAR' || (times.isNormalized && times.componentType !== FLOAT)) {
      this.#report('time-type', 'error', place);
      return;
    }
    if (times.componentType !== FLOAT) this.#report('time-type', 'warning', place);
    if (times.count === 0) {
      this.#report('no-keyframes', 'error', place);
      return;
    }
    this.#tight(times, place);
    if (!declaredRange(times)) this.#report('no-range', 'note', place);
    if (times.count < 2 && textAt(sampler, 'interpolation') === 'CUBICSPLINE') {
      this.#report('few-keyframes', 'warning', place);
    }
  }

  #target(target: Untyped, seen: Set<string>, place: Place): void {
    const index = countAt(target, 'node');
    // The extension names what is animated by a pointer, and nothing else.
    if (has(objectAt(target, 'extensions'), 'KHR_animation_pointer')) {
      const isRight = index === undefined && textAt(target, 'path') === 'pointer';
      if (!isRight) this.#report('pointer-target', 'warning', below(place, 'extensions', 'KHR_animation_pointer'));
      return;
    }
    if (index === undefined) return;
    const node = this.#parts.model.item('nodes', index);
    const path = textAt(target, 'path') ?? '';
    const isMoved = path !== 'weights' && valueTypes.has(path);
    if (has(node, 'matrix') && isMoved) this.#report('animated-matrix', 'warning', place);
    if (path === 'weights' && targetCountOf(this.#parts.model, countAt(node, 'mesh')) === 0) {
      this.#report('no-targets', 'warning', place);
    }
    const key = `${index} ${path}`;
    if (seen.has(key)) this.#report('same-target', 'warning', place);
    seen.add(key);
  }

  #values(sampler: unknown, target: Untyped, place: Place): void {
    const times = layoutAt(this.#parts, countAt(sampler, 'input'));
    const values = layoutAt(this.#parts, countAt(sampler, 'output'));
    const path = textAt(target, 'path') ?? '';
    const type = valueTypes.get(path);
    if (!times || !values || type === undefined) return;
    this.#valueFormat(values, type, place);
    const expected = times.count * this.#valuesPerKeyframe(sampler, target, path);
    // Nothing is animated without a node, or without morph targets.
    if (expected === 0 || values.count === expected || !has(target, 'node')) return;
    this.#report('keyframes', 'error', place, { count: values.count, expected });
  }

  #valueFormat(values: AccessorLayout, type: string, place: Place): void {
    if (values.type !== type) {
      this.#report('value-type', 'error', place, { type: values.type, expected: type });
      return;
    }
    const isWide = values.componentType === FLOAT || values.componentType === UNSIGNED_INT;
    // The loaders have no factor by which to scale these.
    if (values.isNormalized && isWide) {
      this.#report('value-normalized', 'error', place);
      return;
    }
    if (!animationComponents.has(values.componentType) || (!isWide && !values.isNormalized)) {
      this.#report('value-component', 'warning', place);
    }
    this.#tight(values, place);
  }

  #valuesPerKeyframe(sampler: unknown, target: Untyped, path: string): number {
    const perValue = textAt(sampler, 'interpolation') === 'CUBICSPLINE' ? 3 : 1;
    if (path !== 'weights') return perValue;
    const { model } = this.#parts;
    return perValue * targetCountOf(model, countAt(model.item('nodes', countAt(target, 'node')), 'mesh'));
  }

  #tight(layout: AccessorLayout, place: Place): void {
    if (!isTight(layout)) this.#report('keyframe-stride', 'error', place);
    else if (layout.declaredStride !== undefined) this.#report('keyframe-stride', 'note', place);
  }

  #report(reason: string, gravity: Gravity, place: Place, params?: Fault['params']): void {
    this.#parts.model.findings.add({ topic: 'mismatch', reason, gravity, ...(params && { params }) }, place);
  }
}
