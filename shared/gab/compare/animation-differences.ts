import type { AssetSummary } from './bundle-summary.ts';
import type { DifferenceList } from './difference-list.ts';
import { compareNames, describeRename, type NameChanges, translator } from './renames.ts';
import { type Side, type Sides, slotsOf, splitClip } from './sides.ts';

export function compareAnimations(sides: Sides, list: DifferenceList): void {
  const renamedClips = new Map<string, NameChanges>();
  for (const [asset, newAsset] of sides.match.pairs) {
    if (!asset.model || !newAsset.model || asset.sha256 === newAsset.sha256) continue;
    const clips = compareNames(asset.model.clips, newAsset.model.clips);
    renamedClips.set(asset.id, clips);
    reportClips(clips, { before: sides.before, asset, path: newAsset.path, list });
    if (newAsset.kind === 'animation') reportTargets(asset, newAsset, list);
  }
  compareSlots(sides, renamedClips, list);
}

interface ClipContext {
  readonly before: Side;
  readonly asset: AssetSummary;
  readonly path: string;
  readonly list: DifferenceList;
}

function reportClips({ added, removed, renamed }: NameChanges, { before, asset, path, list }: ClipContext): void {
  const isPlayed = playedClips(before, asset.id);
  list.addNames('clips-removed', removed.some(isPlayed) ? 'breaks-runtime' : 'visible', { path, names: removed });
  // The slots decide which clip plays. If they follow the new name, nobody notices the rename;
  // otherwise they are reported.
  list.addNames('clips-renamed', 'harmless', { path, names: renamed.map(describeRename) });
  list.addNames('clips-added', 'harmless', { path, names: added });
}

function playedClips({ manifest }: Side, assetId: string): (clip: string) => boolean {
  const references = slotsOf(manifest)
    .flatMap(([, clips]) => clips.map(splitClip))
    .filter((reference) => reference.assetId === assetId);
  // A slot that names the whole asset plays all its clips.
  const isWhole = references.some(({ clip }) => clip === null);
  return (name) => isWhole || references.some(({ clip }) => clip === name);
}

function reportTargets(asset: AssetSummary, newAsset: AssetSummary, list: DifferenceList): void {
  const { added, removed, renamed } = compareNames(asset.model?.clipTargets ?? [], newAsset.model?.clipTargets ?? []);
  const names = [
    ...added.map((name) => `+ ${name}`),
    ...removed.map((name) => `− ${name}`),
    ...renamed.map(describeRename),
  ];
  list.addNames('clip-targets', 'visible', { path: newAsset.path, names });
}

function compareSlots(sides: Sides, renamedClips: ReadonlyMap<string, NameChanges>, list: DifferenceList): void {
  const [before, after] = [new Map(slotsOf(sides.before.manifest)), new Map(slotsOf(sides.after.manifest))];
  const pointer = '/animations';
  list.addNames('slots-removed', 'breaks-runtime', { pointer, names: missingFrom(before, after) });
  list.addNames('slots-added', 'visible', { pointer, names: missingFrom(after, before) });
  const changed = [...before.keys()].toSorted().filter((slot) => {
    const newClips = after.get(slot);
    const clips = before.get(slot)?.map((reference) => renameClip(reference, sides, renamedClips));
    return newClips !== undefined && clips?.join('\n') !== newClips.join('\n');
  });
  list.addNames('slots-changed', 'visible', { pointer, names: changed });
}

function missingFrom(slots: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): string[] {
  return [...slots.keys()].filter((slot) => !others.has(slot)).toSorted();
}

/** Returns what the reference would be in the other bundle if only names had changed. */
function renameClip(reference: string, { newId }: Sides, renamedClips: ReadonlyMap<string, NameChanges>): string {
  const { assetId, clip } = splitClip(reference);
  if (clip === null) return newId(assetId);
  const newClip = translator(renamedClips.get(assetId)?.renamed ?? []);
  return `${newId(assetId)}#${newClip(clip)}`;
}
