import { isKnownKind, kindRules } from '../asset-table.ts';
import type { ByteSource } from '../byte-source.ts';
import { asObject, listAt, textAt } from '../content/untyped.ts';
import type { FindingList } from '../finding-list.ts';
import { MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_TOTAL_BYTES } from '../limits.ts';
import type { ManifestDocument } from './manifest-document.ts';

/** `mimetype` and `manifest.json`. */
const OWN_ENTRIES = 2;

/** Formats whose data is already compressed: deflate saves less than 7 % and costs readers time. */
const STORED_FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'mp3', 'ogg', 'spz']);

export interface PlannedAsset {
  readonly path: string;
  readonly source: ByteSource;
  readonly deflate: boolean;
}

/** What to write, and what the manifest says about it. */
export interface PlanInput {
  readonly manifest: ManifestDocument;
  /** By path. */
  readonly assets: ReadonlyMap<string, ByteSource>;
}

/**
 * Returns the assets in the order of the file: the thumbnail, then as listed in the manifest.
 * Reports files that the manifest doesn't name, assets without a file, and exceeded limits, before
 * reading any bytes.
 */
export function planAssets({ manifest, assets }: PlanInput, findings: FindingList): PlannedAsset[] {
  const planned: PlannedAsset[] = [];
  const thumbnailId = textAt(manifest, 'thumbnail');
  for (const [index, listed] of listAt(manifest, 'assets').entries()) {
    const asset = asObject(listed);
    const path = textAt(asset, 'path');
    const source = path === undefined ? undefined : assets.get(path);
    // The schema reports entries without a valid path.
    if (path === undefined) continue;
    if (!source) findings.add('GAB_E_ASSET_MISSING', { path, pointer: `/assets/${index}` });
    else {
      checkSize({ path, kind: textAt(asset, 'kind') ?? '', sizeBytes: source.size }, findings);
      const isThumbnail = textAt(asset, 'id') === thumbnailId;
      const deflate = !isThumbnail && !STORED_FORMATS.has(textAt(asset, 'format') ?? '');
      if (isThumbnail) planned.unshift({ path, source, deflate });
      else planned.push({ path, source, deflate });
    }
  }
  const listed = new Set(listAt(manifest, 'assets').map((asset) => textAt(asset, 'path')));
  for (const path of assets.keys()) if (!listed.has(path)) findings.add('GAB_E_ASSET_UNLISTED', { path });
  checkTogether(planned, findings);
  return planned;
}

function checkSize(
  { path, kind, sizeBytes }: { readonly path: string; readonly kind: string; readonly sizeBytes: number },
  findings: FindingList,
): void {
  const maxBytes = isKnownKind(kind) ? kindRules[kind].maxBytes : MAX_ENTRY_BYTES;
  if (sizeBytes <= maxBytes) return;
  const limit = isKnownKind(kind) ? kind : 'entry';
  findings.add('GAB_E_SIZE_LIMIT', { path, params: { limit, sizeBytes, maxBytes } });
}

function checkTogether(planned: readonly PlannedAsset[], findings: FindingList): void {
  const entries = planned.length + OWN_ENTRIES;
  if (entries > MAX_ENTRIES) findings.add('GAB_E_ZIP_ENTRY_COUNT', { params: { entries, maxEntries: MAX_ENTRIES } });
  const sizeBytes = planned.reduce((sum, { source }) => sum + source.size, 0);
  if (sizeBytes > MAX_TOTAL_BYTES) {
    findings.add('GAB_E_SIZE_LIMIT', { params: { limit: 'total', sizeBytes, maxBytes: MAX_TOTAL_BYTES } });
  }
}
