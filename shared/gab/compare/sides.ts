import { asObject, listAt, objectAt, textAt, type Untyped } from '../content/untyped.ts';
import type { AssetSummary, BundleSummary } from './bundle-summary.ts';
import { type AssetMatch, matchAssets } from './match-assets.ts';
import { compareNames, type NameChanges, translator } from './renames.ts';

/**
 * One of the two bundles. The manifest is read field by field, because a summary may come from any
 * source.
 */
export interface Side {
  readonly summary: BundleSummary;
  readonly manifest: Untyped;
  readonly body: Untyped;
  readonly assets: ReadonlyMap<string, AssetSummary>;
  /** IDs that the manifest refers to. */
  readonly usedIds: ReadonlySet<string>;
  /** The asset whose morphs form the face. */
  readonly faceAsset: AssetSummary | null;
}

/** What all parts of a comparison share. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly match: AssetMatch;
  /** Returns the ID in the second bundle of an asset in the first. */
  readonly newId: (id: string) => string;
  /** Morphs of the face, if both have one. */
  readonly faceMorphs: NameChanges;
}

export function prepareSides(before: BundleSummary, after: BundleSummary): Sides {
  const [one, other] = [sideOf(before), sideOf(after)];
  const match = matchAssets(before, after);
  const [morphs, otherMorphs] = [one, other].map(({ faceAsset }) => faceAsset?.model?.morphs ?? []);
  return {
    before: one,
    after: other,
    match,
    newId: translator(match.pairs.map(([{ id }, { id: newId }]) => [id, newId])),
    faceMorphs: compareNames(morphs ?? [], otherMorphs ?? []),
  };
}

function sideOf(summary: BundleSummary): Side {
  const { manifest } = summary;
  const body = objectAt(manifest, 'body');
  const assets = new Map(summary.assets.map((asset) => [asset.id, asset]));
  const faceId = summary.bodyType === 'model3d' ? textAt(body, 'main') : textAt(objectAt(body, 'binding'), 'model');
  return {
    summary,
    manifest,
    body,
    assets,
    usedIds: new Set(referencesOf(manifest)),
    faceAsset: (faceId === undefined ? undefined : assets.get(faceId)) ?? null,
  };
}

function referencesOf(manifest: Untyped): string[] {
  const body = objectAt(manifest, 'body');
  const binding = objectAt(body, 'binding');
  const single = [
    textAt(manifest, 'thumbnail'),
    textAt(body, 'main'),
    textAt(body, 'fallback'),
    textAt(binding, 'model'),
    textAt(binding, 'data'),
    textAt(objectAt(manifest, 'voice'), 'sample'),
  ];
  const lists = [
    ...listAt(body, 'alternates'),
    ...slotsOf(manifest).flatMap(([, clips]) => clips.map((clip) => splitClip(clip).assetId)),
    ...shapeGroupsOf(manifest).flatMap(([, shapes]) => shapes.map((shape) => textAt(shape, 'image'))),
  ];
  return [...single, ...lists].filter((id) => typeof id === 'string');
}

/** Animation slots that name a clip. */
export function slotsOf(manifest: Untyped): (readonly [slot: string, clips: readonly string[]])[] {
  const slots = Object.entries(objectAt(manifest, 'animations'));
  return slots
    .map(
      ([slot, clips]) => [slot, Array.isArray(clips) ? clips.filter((clip) => typeof clip === 'string') : []] as const,
    )
    .filter(([, clips]) => clips.length > 0);
}

/** `body#Wave` is the clip Wave of the asset body; without `#`, all its clips. */
export function splitClip(reference: string): { readonly assetId: string; readonly clip: string | null } {
  const at = reference.indexOf('#');
  return at < 0
    ? { assetId: reference, clip: null }
    : { assetId: reference.slice(0, at), clip: reference.slice(at + 1) };
}

/** Shapes of the visemes and expressions in the manifest's map. */
export function shapeGroupsOf(manifest: Untyped): (readonly [name: string, shapes: readonly unknown[]])[] {
  const face = objectAt(manifest, 'face');
  const groups = [objectAt(objectAt(face, 'visemes'), 'map'), objectAt(face, 'expressions')];
  return groups.flatMap((group) => Object.keys(group).map((name) => [name, listAt(group, name)] as const));
}

/**
 * A text that is equal for two JSON values with the same meaning: the order of keys doesn't count.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(asObject(value)).filter(([, field]) => field !== undefined);
  const sorted = fields.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
