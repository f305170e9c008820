import { isKnownKind, isWellPlaced, kindRules } from './asset-table.ts';
import { createProbe } from './content/create-probe.ts';
import { type ContentProbe, NOTHING_FOUND, PrefixBuffer } from './content/probe.ts';
import { createSplatBudget, type SplatBudget } from './content/spz-checks.ts';
import { type EntryReaderParts, readEntry, type UnpackFault } from './entry-reader.ts';
import type { InspectionContext } from './inspection.ts';
import { MAX_MANIFEST_BYTES } from './limits.ts';
import type { GabAsset } from './manifest/manifest.ts';
import { MANIFEST_PATH, type ReadManifest, readManifest } from './manifest/read-manifest.ts';
import { ReadAhead } from './read-ahead.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

export const C2PA_PATH = 'META-INF/content_credential.c2pa';

export interface UnpackedBundle {
  readonly manifest: ReadManifest | null;
  /** By path, in file order. */
  readonly entries: ReadonlyMap<string, UnpackedEntry>;
}

/**
 * Stages 8 and 9: reads every entry once. The manifest is read first, because it says what the
 * others should be; then each content check receives its bytes while they are hashed.
 */
export async function unpackEntries(
  inspection: InspectionContext,
  entries: readonly LocatedEntry[],
  { expectManifest }: { readonly expectManifest: boolean },
): Promise<UnpackedBundle> {
  const unpacked = new Map<string, UnpackedEntry>();
  const [, second] = entries;
  const manifestEntry = second?.rawName === MANIFEST_PATH ? second : null;
  const manifest = manifestEntry && (await unpackManifest(inspection, manifestEntry, unpacked));
  // An archive of another format doesn't need a manifest.
  if (!manifestEntry && expectManifest) inspection.findings.add('GAB_E_MANIFEST_MISSING', { path: MANIFEST_PATH });
  const others = entries.filter((entry) => entry !== manifestEntry);
  const parts = { ...inspection, ahead: ReadAhead.over(inspection.reader, inspection.codec, others) };
  const assets = new Map(manifest?.manifest.assets.map((asset) => [asset.path, asset]));
  const budget = createSplatBudget();
  for (const entry of others) {
    const asset = assets.get(entry.name);
    unpacked.set(entry.name, await unpackOne(parts, entry, asset ? probeFor(asset, entry.size, budget) : null));
  }
  return { manifest, entries: unpacked };
}

async function unpackManifest(
  inspection: InspectionContext,
  entry: LocatedEntry,
  unpacked: Map<string, UnpackedEntry>,
): Promise<ReadManifest | null> {
  const isTooLarge = entry.size > MAX_MANIFEST_BYTES;
  const collected = new PrefixBuffer(isTooLarge ? 0 : entry.size);
  const probe: ContentProbe = { push: (bytes) => collected.push(bytes), finish: () => NOTHING_FOUND };
  const read = await unpackOne(inspection, entry, probe);
  unpacked.set(entry.name, read);
  if (isTooLarge) {
    const params = { sizeBytes: entry.size, maxBytes: MAX_MANIFEST_BYTES };
    inspection.findings.add('GAB_E_MANIFEST_SIZE', { path: entry.name, params });
    return null;
  }
  return read.isDamaged ? null : readManifest(collected.bytes, inspection.findings);
}

/** Assets of unknown kinds, in the wrong place or too large for their kind get no content check. */
function probeFor(asset: GabAsset, sizeBytes: number, budget: SplatBudget): ContentProbe | null {
  if (!isKnownKind(asset.kind) || !isWellPlaced(asset)) return null;
  return sizeBytes > kindRules[asset.kind].maxBytes ? null : createProbe(asset, { sizeBytes, budget });
}

async function unpackOne(
  inspection: InspectionContext & Pick<EntryReaderParts, 'ahead'>,
  entry: LocatedEntry,
  probe: ContentProbe | null,
): Promise<UnpackedEntry> {
  const reading = await readEntry(inspection, entry, (bytes) => probe?.push(bytes));
  if (reading.fault !== null) {
    reportFault(inspection, entry, reading.fault);
    return { entry, facts: null, content: NOTHING_FOUND, isDamaged: true };
  }
  // C2PA rule A.6 leaves the field 0: the store is embedded after the archive was hashed.
  const isCrcWrong = reading.facts.crc32 !== entry.crc32 && entry.name !== C2PA_PATH;
  if (isCrcWrong) inspection.findings.add('GAB_E_CRC', { path: entry.name });
  const content = probe ? await probe.finish(reading.facts.sizeBytes, inspection.codec) : NOTHING_FOUND;
  return { entry, facts: reading.facts, content, isDamaged: isCrcWrong };
}

function reportFault({ findings }: InspectionContext, entry: LocatedEntry, reason: UnpackFault): void {
  findings.add('GAB_E_INFLATE', { path: entry.name, params: { reason, declaredBytes: entry.size } });
}
