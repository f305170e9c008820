import { checkAssets } from './asset-checks.ts';
import { computeDigest } from './digest.ts';
import { type InspectionContext, toReport } from './inspection.ts';
import { GAB_MEDIA_TYPE, MAX_ENTRIES } from './limits.ts';
import { checkReferences } from './reference-checks.ts';
import type { GabReport } from './report.ts';
import { latin1 } from './sniff.ts';
import { unpackEntries } from './unpack-entries.ts';
import { WINDOW_BYTES } from './windowed-reader.ts';
import { type DirectoryEntry, needsZipFeatures, parseDirectory } from './zip/directory.ts';
import { END_RECORD_BYTES, type EndRecord, type EndRecordSearch } from './zip/end-record.ts';
import { checkEntryRules, STORED } from './zip/entry-rules.ts';
import { type LocatedEntry, walkLocalHeaders } from './zip/local-headers.ts';

export interface GabStart {
  readonly end: EndRecordSearch;
  /** The container according to the first bytes. */
  readonly container: 'gab' | 'zip';
}

/**
 * Stages 3 to 12. Up to the local headers, a stage with errors ends the check; later stages collect
 * their findings.
 */
export async function readGab(inspection: InspectionContext, start: GabStart): Promise<GabReport> {
  const { findings } = inspection;
  const entries = await readStructure(inspection, start.end);
  if (!entries) return toReport(findings, start.container);
  const isBundle = await checkMimetype(inspection, entries);
  const unpacked = await unpackEntries(inspection, entries, { expectManifest: isBundle });
  inspection.onEntries?.(unpacked.entries);
  if (!unpacked.manifest) return toReport(findings, start.container);
  const { manifest } = unpacked.manifest;
  const assets = checkAssets(unpacked, unpacked.manifest, findings);
  checkReferences({ manifest, assets, entries }, findings);
  const digest = findings.hasErrors ? undefined : await computeDigest(unpacked.entries, inspection.codec);
  return toReport(findings, start.container, { manifest, ...(digest !== undefined && { digest }) });
}

/**
 * Stages 3 to 6: returns the entries if there is exactly one way to read the file, or `null` after
 * errors.
 */
async function readStructure(inspection: InspectionContext, search: EndRecordSearch): Promise<LocatedEntry[] | null> {
  const { findings, reader } = inspection;
  const end = checkEnd(inspection, search);
  const entries = end && (await readDirectory(inspection, end));
  if (!end || !entries) return null;
  checkEntryRules(entries, findings);
  if (hasStructureErrors(inspection)) return null;
  const located = await walkLocalHeaders(reader, { entries, directoryOffset: end.directoryOffset }, findings);
  return hasStructureErrors(inspection) ? null : located;
}

/** A wrong file name is also an error, but the content can still be read. */
function hasStructureErrors({ findings }: InspectionContext): boolean {
  return findings.hasErrorsBeyond('GAB_E_EXTENSION');
}

function checkEnd({ findings, source }: InspectionContext, search: EndRecordSearch): EndRecord | null {
  const { exact } = search;
  if (!exact) {
    findings.add(search.hasSignature ? 'GAB_E_ZIP_TRAILING_DATA' : 'GAB_E_ZIP_TRUNCATED');
    return null;
  }
  if (exact.commentLength > 0) findings.add('GAB_E_ZIP_TRUNCATED', { params: { reason: 'comment-missing' } });
  else if (needsZipFeatures(exact) || search.hasZip64Locator) {
    findings.add('GAB_E_ZIP_FEATURE', { params: { feature: describeFeature(exact) } });
  } else if (exact.directoryOffset + exact.directorySize !== source.size - END_RECORD_BYTES) {
    findings.add('GAB_E_ZIP_CENTRAL_DIR', { params: { reason: 'position' } });
  } else return exact;
  return null;
}

function describeFeature({ disk, directoryDisk }: EndRecord): string {
  return disk !== 0 || directoryDisk !== 0 ? 'multi-disk' : 'zip64';
}

async function readDirectory(
  { findings, reader }: InspectionContext,
  end: EndRecord,
): Promise<DirectoryEntry[] | null> {
  if (end.entries === 0 || end.entries > MAX_ENTRIES) {
    findings.add('GAB_E_ZIP_ENTRY_COUNT', { params: { entries: end.entries, maxEntries: MAX_ENTRIES } });
    return null;
  }
  // 256 records with valid names need 60 KB, so anything larger than a window is padding.
  const isTooLarge = end.directorySize > WINDOW_BYTES;
  const bytes = isTooLarge
    ? new Uint8Array()
    : await reader.view(end.directoryOffset, end.directorySize, end.directorySize);
  const entries = parseDirectory(bytes, end.entries);
  if (!entries) findings.add('GAB_E_ZIP_CENTRAL_DIR', { params: { reason: isTooLarge ? 'size' : 'records' } });
  return entries;
}

/** Stage 7: checks that entry 1 is exactly as in section 2.1, and returns whether it is. */
async function checkMimetype(
  { findings, reader }: InspectionContext,
  entries: readonly LocatedEntry[],
): Promise<boolean> {
  const [first] = entries;
  const reason = await findMimetypeFault(first, (entry) => reader.view(entry.dataOffset, entry.size));
  if (reason) findings.add('GAB_E_MIMETYPE', { ...(first && { path: first.name }), params: { reason } });
  return reason === null;
}

async function findMimetypeFault(
  first: LocatedEntry | undefined,
  load: (entry: LocatedEntry) => Promise<Uint8Array>,
): Promise<string | null> {
  if (first?.rawName !== 'mimetype') return 'not-first';
  if (first.method !== STORED || first.flags !== 0) return 'not-stored';
  if (first.size !== GAB_MEDIA_TYPE.length || first.compressedSize !== first.size) return 'content';
  return latin1(await load(first)) === GAB_MEDIA_TYPE ? null : 'content';
}
