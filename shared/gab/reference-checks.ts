import type { CheckedAsset, CheckedAssets } from './asset-checks.ts';
import { checkFace } from './face-checks.ts';
import { faceShapes } from './face-shapes.ts';
import type { FindingList } from './finding-list.ts';
import { toPointer } from './json/json-pointer.ts';
import { checkLicense } from './license-checks.ts';
import type { AssetKind, BodyType, GabManifest } from './manifest/manifest.ts';
import { MANIFEST_PATH } from './manifest/read-manifest.ts';
import { STORED } from './zip/entry-rules.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

export interface ReferenceContext {
  readonly manifest: GabManifest;
  readonly assets: CheckedAssets;
  /** In file order. */
  readonly entries: readonly LocatedEntry[];
}

/** Stage 12: checks what the manifest refers to, and reports assets that aren't used. */
export function checkReferences(context: ReferenceContext, findings: FindingList): void {
  const { manifest, assets } = context;
  checkThumbnail(context, findings);
  const references = [...listReferences(manifest)];
  for (const reference of references) checkReference(reference, assets, findings);
  checkClips(manifest, assets, findings);
  checkFace(manifest, assets, findings);
  checkLicense(manifest, assets, findings);
  reportUnused(context, new Set([manifest.thumbnail, ...references.map(({ id }) => id)]), findings);
}

interface Reference {
  readonly id: string;
  readonly pointer: string;
  readonly kinds: readonly AssetKind[];
}

const bodyKinds: Readonly<Record<BodyType, AssetKind>> = { model3d: 'model', splat: 'splat', portrait2d: 'portrait' };

function* listReferences(manifest: GabManifest): Generator<Reference> {
  yield* bodyReferences(manifest.body);
  for (const [slot, clips] of Object.entries(manifest.animations ?? {})) {
    for (const [index, clip] of clips.entries()) {
      const pointer = toPointer(['animations', slot, index]);
      yield { id: assetIdOf(clip), pointer, kinds: ['animation', 'model'] };
    }
  }
  if (manifest.voice?.sample !== undefined) {
    yield { id: manifest.voice.sample, pointer: '/voice/sample', kinds: ['audio'] };
  }
  yield* imageReferences(manifest.face);
}

function* bodyReferences({ type, main, fallback, alternates, binding }: GabManifest['body']): Generator<Reference> {
  const kind = bodyKinds[type];
  yield { id: main, pointer: '/body/main', kinds: [kind] };
  if (fallback !== undefined) yield { id: fallback, pointer: '/body/fallback', kinds: ['portrait'] };
  for (const [index, id] of (alternates ?? []).entries())
    yield { id, pointer: `/body/alternates/${index}`, kinds: [kind] };
  if (binding?.model !== undefined) yield { id: binding.model, pointer: '/body/binding/model', kinds: ['model'] };
  if (binding?.data !== undefined) yield { id: binding.data, pointer: '/body/binding/data', kinds: ['data'] };
}

function* imageReferences(face: GabManifest['face']): Generator<Reference> {
  for (const { shape, pointer } of faceShapes(face)) {
    if ('image' in shape && typeof shape.image === 'string') {
      yield { id: shape.image, pointer: `${pointer}/image`, kinds: ['portrait'] };
    }
  }
}

function checkReference({ id, pointer, kinds }: Reference, assets: CheckedAssets, findings: FindingList): void {
  const kind = assets.get(id)?.asset.kind;
  if (kind !== undefined && kinds.includes(kind)) return;
  const params = {
    id,
    expected: kinds.join(' or '),
    ...(kind === undefined ? { reason: 'nothing' } : { reason: 'kind', kind }),
  };
  findings.add('GAB_E_ASSET_REF', { path: MANIFEST_PATH, pointer, params });
}

function assetIdOf(clip: string): string {
  return clip.split('#', 1)[0] ?? clip;
}

/** `body#Wave` names a clip that the model must have. */
function checkClips(manifest: GabManifest, assets: CheckedAssets, findings: FindingList): void {
  for (const [slot, references] of Object.entries(manifest.animations ?? {})) {
    for (const [index, reference] of references.entries()) {
      const at = reference.indexOf('#');
      const clips = at < 0 ? undefined : assets.get(reference.slice(0, at))?.model?.clips;
      const clip = reference.slice(at + 1);
      if (!clips || clips.has(clip)) continue;
      const pointer = toPointer(['animations', slot, index]);
      findings.add('GAB_E_ASSET_REF', {
        path: MANIFEST_PATH,
        pointer,
        params: { reason: 'clip', id: reference, clip },
      });
    }
  }
}

/**
 * The thumbnail must be the third entry, stored, and the only one of its kind, so that readers find
 * it in the first megabyte.
 */
function checkThumbnail({ manifest, assets, entries }: ReferenceContext, findings: FindingList): void {
  const named = assets.get(manifest.thumbnail)?.asset;
  const report = (reason: string, path?: string) =>
    findings.add('GAB_E_THUMBNAIL', { ...(path !== undefined && { path }), pointer: '/thumbnail', params: { reason } });
  if (named?.kind !== 'thumbnail') {
    report(named ? 'kind' : 'nothing', named?.path);
    return;
  }
  if (entries[2]?.name !== named.path) report('not-third', named.path);
  const entry = entries.find(({ name }) => name === named.path);
  if (entry && entry.method !== STORED) report('not-stored', named.path);
  for (const { asset } of assets.values()) {
    if (asset.kind === 'thumbnail' && asset !== named) report('second', asset.path);
  }
}

/** Documents are for people, so nothing needs to refer to them. */
function reportUnused({ assets }: ReferenceContext, used: ReadonlySet<string>, findings: FindingList): void {
  for (const { asset, index } of assets.values()) {
    if (isUsed(asset, used)) continue;
    findings.add('GAB_I_ASSET_UNUSED', {
      path: asset.path,
      pointer: `/assets/${index}`,
      params: { sizeBytes: asset.size },
    });
  }
}

function isUsed(asset: CheckedAsset['asset'], used: ReadonlySet<string>): boolean {
  return asset.kind === 'document' || used.has(asset.id);
}
