import { listAt, objectAt, textAt, type Untyped } from '../content/untyped.ts';
import type { BundleSummary } from './bundle-summary.ts';
import type { DifferenceVerdict } from './comparison.ts';
import type { DifferenceList } from './difference-list.ts';
import { describeRename, translator } from './renames.ts';
import { canonical, type Sides } from './sides.ts';

type VisemeSummary = BundleSummary['visemes'];

const VRM_VOWELS = 5;

export function compareFace(sides: Sides, list: DifferenceList): void {
  const [before, after] = [sides.before.summary.visemes, sides.after.summary.visemes];
  compareSource(before, after, list);
  compareCoverage(before, after, list);
  compareMorphs(sides, list);
  compareShapes(sides, list);
  compareExpressions(sides, list);
}

/**
 * By VRM's own definition, its five vowels are a complete set: nothing breaks, but speech looks
 * simpler.
 */
function isFullVrm({ source, covered }: VisemeSummary): boolean {
  return source === 'vrm' && covered.length === VRM_VOWELS;
}

function compareSource(before: VisemeSummary, after: VisemeSummary, list: DifferenceList): void {
  if (before.source === after.source) return;
  const isWorse = hasLips(before) && !hasLips(after);
  const isBetter = !hasLips(before) && hasLips(after);
  const verdict = isWorse ? 'breaks-runtime' : isBetter ? 'visible' : 'harmless';
  list.add('viseme-source', verdict, { before: before.source, after: after.source });
}

const hasLips = ({ source }: VisemeSummary) => source !== 'jaw' && source !== 'none';

function lostVisemes(before: VisemeSummary, after: VisemeSummary): string[] {
  return before.covered.filter((viseme) => !after.covered.includes(viseme));
}

function compareCoverage(before: VisemeSummary, after: VisemeSummary, list: DifferenceList): void {
  const counts = { before: before.covered.length, after: after.covered.length };
  const verdict = isFullVrm(after) ? 'visible' : 'breaks-runtime';
  list.addNames('visemes-lost', verdict, { ...counts, names: lostVisemes(before, after) });
  list.addNames('visemes-gained', 'visible', { ...counts, names: lostVisemes(after, before) });
}

/** A new name breaks everything that uses the old one, above all lip-sync. */
function compareMorphs(sides: Sides, list: DifferenceList): void {
  const { before, after, faceMorphs } = sides;
  const path = after.faceAsset?.path ?? before.faceAsset?.path;
  const isSpeechLost =
    lostVisemes(before.summary.visemes, after.summary.visemes).length > 0 && !isFullVrm(after.summary.visemes);
  const spoken = isSpeechLost ? speechMorphsOf(sides) : new Set<string>();
  const verdictFor = (names: readonly string[]): DifferenceVerdict =>
    names.some((name) => spoken.has(name)) ? 'breaks-runtime' : 'visible';
  const { added, removed, renamed } = faceMorphs;
  const oldNames = renamed.map(([name]) => name);
  list.addNames('morphs-renamed', verdictFor(oldNames), { path, names: renamed.map(describeRename) });
  list.addNames('morphs-removed', verdictFor(removed), { path, names: removed });
  list.addNames('morphs-added', 'harmless', { path, names: added });
}

/** The morphs that move the mouth in the first bundle. */
function speechMorphsOf({ before }: Sides): ReadonlySet<string> {
  const morphs = before.faceAsset?.model?.morphs ?? [];
  const { source } = before.summary.visemes;
  if (source === 'names') return new Set(morphs.filter((morph) => morph.startsWith('viseme_')));
  if (source === 'jaw') return new Set(['jawOpen', 'mouthOpen']);
  // VRM expressions can move morphs with any name.
  if (source === 'vrm') return new Set(morphs);
  const map = objectAt(objectAt(objectAt(before.manifest, 'face'), 'visemes'), 'map');
  return new Set(
    Object.keys(map).flatMap((viseme) => listAt(map, viseme).flatMap((shape) => textAt(shape, 'morph') ?? [])),
  );
}

/** Compares the map with what it would be if only names had changed. */
function compareShapes(sides: Sides, list: DifferenceList): void {
  const [visemes, newVisemes] = [sides.before, sides.after].map(({ manifest }) =>
    objectAt(objectAt(manifest, 'face'), 'visemes'),
  );
  if (canonical(renameShapes(visemes, sides)) === canonical(newVisemes)) return;
  const counts = [visemes, newVisemes].map((one) => Object.keys(objectAt(one, 'map')).length);
  list.add('viseme-shapes', 'visible', { pointer: '/face/visemes', before: counts[0], after: counts[1] });
}

function compareExpressions(sides: Sides, list: DifferenceList): void {
  const [before, after] = [sides.before, sides.after].map(({ manifest }) =>
    objectAt(objectAt(manifest, 'face'), 'expressions'),
  );
  if (!before || !after) return;
  const pointer = '/face/expressions';
  const names = Object.keys(before).toSorted();
  list.addNames('expressions-removed', 'visible', {
    pointer,
    names: names.filter((name) => !Object.hasOwn(after, name)),
  });
  const added = Object.keys(after).toSorted();
  list.addNames('expressions-added', 'visible', {
    pointer,
    names: added.filter((name) => !Object.hasOwn(before, name)),
  });
  const changed = names.filter(
    (name) => Object.hasOwn(after, name) && canonical(renameShapes(before[name], sides)) !== canonical(after[name]),
  );
  list.addNames('expressions-changed', 'visible', { pointer, names: changed });
}

/** Returns the shapes with the names that morphs and pictures have in the other bundle. */
function renameShapes(value: unknown, sides: Sides): unknown {
  const newMorph = translator(sides.faceMorphs.renamed);
  const rename = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(rename);
    if (typeof item !== 'object' || item === null) return item;
    const entries = Object.entries(item as Untyped).map(([key, field]): [string, unknown] => {
      if (typeof field !== 'string') return [key, rename(field)];
      if (key === 'morph') return [key, newMorph(field)];
      return [key, key === 'image' ? sides.newId(field) : field];
    });
    return Object.fromEntries(entries);
  };
  return rename(value);
}
