import type { GabCode } from '../codes.ts';
import type { FindingDetails, FindingList } from '../finding-list.ts';
import { MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES } from '../limits.ts';
import type { DirectoryEntry } from './directory.ts';
import { findPathFault, foldCase } from './entry-path.ts';
import { findSpecialKind } from './external-attributes.ts';
import { findExtraFault } from './extra-fields.ts';

export const STORED = 0;
export const DEFLATED = 8;

const FLAG_ENCRYPTED = 1 << 0;
const FLAG_STRONG_ENCRYPTION = 1 << 6;
const FLAG_MASKED_HEADERS = 1 << 13;
const ENCRYPTION_FLAGS = FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED_HEADERS;
/** Deflate level (two bits) and UTF-8 names. */
const HARMLESS_FLAGS = (1 << 1) | (1 << 2) | (1 << 11);
const FLAG_DATA_DESCRIPTOR = 1 << 3;

/**
 * Version 6.3, the newest that APPNOTE (4.4.3.2) defines; the high byte names a system. Python
 * refuses archives with a higher version.
 */
const NEWEST_ZIP_VERSION = 63;

const SIZE_SENTINEL = 0xffffffff;
const OFFSET_SENTINEL = 0xffffffff;

/** Stage 5: checks each directory record on its own, then all of them together. */
export function checkEntryRules(entries: readonly DirectoryEntry[], findings: FindingList): void {
  for (const entry of entries) {
    const report = (code: GabCode, params?: FindingDetails['params']) =>
      findings.add(code, { path: entry.name, ...(params && { params }) });
    checkFeatures(entry, report);
    checkExtra(entry, report);
    const kind = findSpecialKind(entry);
    if (kind) report('GAB_E_ZIP_NOT_REGULAR', { kind, attributes: describeAttributes(entry) });
    else checkPath(entry, report);
    checkSizes(entry, report);
  }
  checkTotal(entries, findings);
  checkDuplicates(entries, findings);
}

type Report = (code: GabCode, params?: FindingDetails['params']) => void;

function checkFeatures(entry: DirectoryEntry, report: Report): void {
  if (entry.flags & ENCRYPTION_FLAGS) report('GAB_E_ZIP_ENCRYPTED');
  const oddFlags = entry.flags & ~(HARMLESS_FLAGS | ENCRYPTION_FLAGS);
  if (oddFlags & FLAG_DATA_DESCRIPTOR) report('GAB_E_ZIP_FEATURE', { feature: 'data-descriptor' });
  else if (oddFlags) report('GAB_E_ZIP_FEATURE', { feature: 'flags', flags: entry.flags });
  if (entry.commentLength > 0) report('GAB_E_ZIP_FEATURE', { feature: 'entry-comment' });
  if (entry.diskStart !== 0) report('GAB_E_ZIP_FEATURE', { feature: 'multi-disk' });
  if (hasZip64Sentinel(entry)) report('GAB_E_ZIP_FEATURE', { feature: 'zip64' });
  if ((entry.versionNeeded & 0xff) > NEWEST_ZIP_VERSION) report('GAB_E_ZIP_FEATURE', { feature: 'version' });
  if (entry.method !== STORED && entry.method !== DEFLATED) report('GAB_E_ZIP_METHOD', { method: entry.method });
}

function hasZip64Sentinel({ compressedSize, size, offset }: DirectoryEntry): boolean {
  return compressedSize === SIZE_SENTINEL || size === SIZE_SENTINEL || offset === OFFSET_SENTINEL;
}

function checkExtra(entry: DirectoryEntry, report: Report): void {
  const fault = findExtraFault(entry.extra, entry.rawName);
  if (fault) report('GAB_E_ZIP_EXTRA', fault);
}

function describeAttributes({ externalAttributes }: DirectoryEntry): string {
  return `0x${externalAttributes.toString(16).padStart(8, '0')}`;
}

function checkPath(entry: DirectoryEntry, report: Report): void {
  const fault = findPathFault(entry.rawName);
  if (fault) report('GAB_E_PATH', { reason: fault });
}

/**
 * Checks declared sizes and the ratio before anything is inflated. The same rules apply to archives
 * of other formats.
 */
export function checkSizes(entry: DirectoryEntry, report: Report): void {
  const { size, compressedSize } = entry;
  if (size > MAX_ENTRY_BYTES)
    report('GAB_E_SIZE_LIMIT', { limit: 'entry', sizeBytes: size, maxBytes: MAX_ENTRY_BYTES });
  if (size > RATIO_FREE_BYTES && size > compressedSize * MAX_RATIO) {
    report('GAB_E_RATIO', { sizeBytes: size, compressedBytes: compressedSize });
  }
}

export function checkTotal(entries: readonly DirectoryEntry[], findings: FindingList): void {
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total <= MAX_TOTAL_BYTES) return;
  findings.add('GAB_E_SIZE_LIMIT', { params: { limit: 'total', sizeBytes: total, maxBytes: MAX_TOTAL_BYTES } });
}

/**
 * Reports duplicate paths, also if only the case differs, and paths that are the folder of another.
 * Readers don't agree on which one to use.
 */
function checkDuplicates(entries: readonly DirectoryEntry[], findings: FindingList): void {
  const seen = new Set<string>();
  const folders = new Set<string>();
  for (const entry of entries) {
    // A folder entry is reported as such; files in it are not its duplicates.
    if (entry.rawName.endsWith('/')) continue;
    const folded = foldCase(entry.rawName);
    const parents = foldersOf(folded);
    const isTaken = seen.has(folded) || folders.has(folded) || parents.some((parent) => seen.has(parent));
    if (isTaken) findings.add('GAB_E_PATH_DUPLICATE', { path: entry.name });
    seen.add(folded);
    for (const parent of parents) folders.add(parent);
  }
}

/** `a/b/c` is in `a` and `a/b`. Folders deeper than any valid path are ignored. */
function foldersOf(path: string): string[] {
  const segments = path.split('/', 8);
  return segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
