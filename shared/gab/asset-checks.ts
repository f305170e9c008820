import { isKnownKind, isWellPlaced, kindRules } from './asset-table.ts';
import type { ModelFacts } from './content/model-facts.ts';
import type { FindingList } from './finding-list.ts';
import type { GabAsset } from './manifest/manifest.ts';
import { MANIFEST_PATH, type ReadManifest } from './manifest/read-manifest.ts';
import { C2PA_PATH, type UnpackedBundle } from './unpack-entries.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';

export interface CheckedAsset {
  readonly asset: GabAsset;
  /** Its index in `assets`, for pointers. */
  readonly index: number;
  /** What its model contains, if it is a model that could be read. */
  readonly model: ModelFacts | undefined;
}

/** Assets by ID. */
export type CheckedAssets = ReadonlyMap<string, CheckedAsset>;

/**
 * Stages 10 and 11: compares the list of assets with the archive, then reports what the content
 * checks found.
 */
export function checkAssets(
  { entries }: UnpackedBundle,
  { manifest, isNewer }: ReadManifest,
  findings: FindingList,
): CheckedAssets {
  const checked = new Map<string, CheckedAsset>();
  manifest.assets.forEach((asset, index) => {
    const unpacked = entries.get(asset.path);
    if (unpacked) checkEntry(asset, unpacked, { index, findings });
    else findings.add('GAB_E_ASSET_MISSING', { path: asset.path, pointer: `/assets/${index}` });
    checkPlace(asset, { index, isNewer, findings });
    checked.set(asset.id, { asset, index, model: unpacked?.content.model });
  });
  reportUnlisted(entries, new Set(manifest.assets.map(({ path }) => path)), findings);
  return checked;
}

interface AssetContext {
  readonly index: number;
  readonly findings: FindingList;
}

function checkEntry(asset: GabAsset, { facts, content }: UnpackedEntry, { index, findings }: AssetContext): void {
  const { path } = asset;
  for (const { code, pointer, params } of content.findings) {
    findings.add(code, { path, ...(pointer !== undefined && { pointer }), ...(params && { params }) });
  }
  if (!facts) return;
  if (facts.sizeBytes !== asset.size) {
    const params = { listedBytes: asset.size, actualBytes: facts.sizeBytes };
    findings.add('GAB_E_ASSET_SIZE', { path, pointer: `/assets/${index}/size`, params });
  }
  if (facts.sha256 !== asset.sha256) findings.add('GAB_E_ASSET_HASH', { path, pointer: `/assets/${index}/sha256` });
  const maxBytes = isKnownKind(asset.kind) ? kindRules[asset.kind].maxBytes : null;
  if (maxBytes !== null && facts.sizeBytes > maxBytes) {
    findings.add('GAB_E_SIZE_LIMIT', { path, params: { limit: asset.kind, sizeBytes: facts.sizeBytes, maxBytes } });
  }
}

/** Kinds of a newer minor version are not checked. */
function checkPlace(asset: GabAsset, { index, isNewer, findings }: AssetContext & { readonly isNewer: boolean }): void {
  const isJudged = isKnownKind(asset.kind);
  if (isJudged ? isWellPlaced(asset) : isNewer) return;
  const { path, kind, format } = asset;
  findings.add('GAB_E_ASSET_TYPE', { path, pointer: `/assets/${index}`, params: { reason: 'place', kind, format } });
}

function reportUnlisted(
  entries: ReadonlyMap<string, UnpackedEntry>,
  listed: ReadonlySet<string>,
  findings: FindingList,
): void {
  const lastPath = [...entries.keys()].at(-1);
  for (const [path, { isDamaged }] of entries) {
    if (path === 'mimetype' || path === MANIFEST_PATH) continue;
    if (path === C2PA_PATH && path === lastPath) findings.add('GAB_I_C2PA_UNVERIFIED', { path });
    else if (path.startsWith('META-INF/') || (!listed.has(path) && !isDamaged))
      findings.add('GAB_E_ASSET_UNLISTED', { path });
  }
}
