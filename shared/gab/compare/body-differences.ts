import { listAt, objectAt, textAt, type Untyped } from '../content/untyped.ts';
import type { DifferenceList } from './difference-list.ts';
import { canonical, type Sides } from './sides.ts';

/** Rigs that the runtime can animate without clips of the bundle. */
const DRIVEN_RIGS: ReadonlySet<string | undefined> = new Set(['mixamo', 'vrm', 'flame']);

export function compareBody(sides: Sides, list: DifferenceList): void {
  const [before, after] = [sides.before.body, sides.after.body];
  const [type, newType] = [sides.before.summary.bodyType, sides.after.summary.bodyType];
  if (type !== newType) list.add('body-type', 'visible', { pointer: '/body/type', before: type, after: newType });
  compareRig(textAt(before, 'rig'), textAt(after, 'rig'), list);
  compareBinding(sides, list);
  compareFallback(sides, list);
  compareReferences(sides, list);
  for (const [field, code] of [
    ['camera', 'body-camera'],
    ['form', 'body-form'],
  ] as const) {
    const [value, newValue] = [before[field], after[field]];
    if (canonical(value) === canonical(newValue)) continue;
    list.add(code, 'visible', { pointer: `/body/${field}`, before: value, after: newValue });
  }
}

function compareRig(rig: string | undefined, newRig: string | undefined, list: DifferenceList): void {
  if (rig === newRig) return;
  const gained = DRIVEN_RIGS.has(newRig) ? 'visible' : 'harmless';
  list.add('body-rig', DRIVEN_RIGS.has(rig) ? 'breaks-runtime' : gained, {
    pointer: '/body/rig',
    before: rig,
    after: newRig,
  });
}

function compareBinding({ before, after, newId }: Sides, list: DifferenceList): void {
  const [binding, newBinding] = [objectAt(before.body, 'binding'), objectAt(after.body, 'binding')];
  const [type, newType] = [textAt(binding, 'type'), textAt(newBinding, 'type')];
  const details = { pointer: '/body/binding', before: type, after: newType };
  if (canonical(withNewIds(binding, ['model', 'data'], newId)) === canonical(newBinding)) return;
  if (newType === undefined) {
    // A splat without its mesh doesn't move.
    const isStill = before.summary.bodyType === 'splat' && after.summary.bodyType === 'splat';
    list.add('body-binding-removed', isStill ? 'breaks-runtime' : 'visible', details);
  } else list.add(type === undefined ? 'body-binding-added' : 'body-binding-changed', 'visible', details);
}

function withNewIds(value: Untyped, keys: readonly string[], newId: Sides['newId']): Untyped {
  const renamed = keys.flatMap((key) => {
    const id = textAt(value, key);
    return id === undefined ? [] : [[key, newId(id)] as const];
  });
  return { ...value, ...Object.fromEntries(renamed) };
}

function compareFallback({ before, after, newId }: Sides, list: DifferenceList): void {
  const [id, other] = [textAt(before.body, 'fallback'), textAt(after.body, 'fallback')];
  const details = { pointer: '/body/fallback', before: id, after: other };
  if (id === undefined && other !== undefined) list.add('body-fallback-added', 'harmless', details);
  else if (id !== undefined && other === undefined) list.add('body-fallback-removed', 'visible', details);
  else if (id !== undefined && newId(id) !== other) list.add('body-references', 'visible', details);
}

function compareReferences({ before, after, newId }: Sides, list: DifferenceList): void {
  const [main, newMain] = [textAt(before.body, 'main') ?? '', textAt(after.body, 'main') ?? ''];
  // A body of another type is always another asset.
  if (before.summary.bodyType === after.summary.bodyType && newId(main) !== newMain) {
    list.add('body-references', 'visible', { pointer: '/body/main', before: main, after: newMain });
  }
  const [others, newOthers] = [before, after].map(({ body }) => listAt(body, 'alternates').filter(isText));
  const mapped = others?.map((id) => newId(id));
  if (canonical(mapped?.toSorted()) === canonical(newOthers?.toSorted())) return;
  const pointer = '/body/alternates';
  list.add('body-references', 'harmless', { pointer, before: others?.join(', '), after: newOthers?.join(', ') });
}

const isText = (value: unknown) => typeof value === 'string';
