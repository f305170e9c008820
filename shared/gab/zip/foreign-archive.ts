import { MIB } from '../../lib/sizes.ts';
import type { GabCode } from '../codes.ts';
import type { FindingDetails, FindingList } from '../finding-list.ts';
import type { WindowedReader } from '../windowed-reader.ts';
import { type DirectoryEntry, needsZipFeatures, parseDirectory } from './directory.ts';
import type { EndRecord } from './end-record.ts';
import { findUnsafePathFault } from './entry-path.ts';
import { checkSizes, checkTotal } from './entry-rules.ts';
import { isLinkOrDevice } from './external-attributes.ts';

/** Larger directories are not read; avatar archives of other tools have a few hundred entries. */
const MAX_FOREIGN_DIRECTORY_BYTES = MIB;

/**
 * Returns the entries of an archive of another format: its directory can be read and has no entry
 * `mimetype`. Returns `null` for everything else, above all for a damaged bundle, which must never
 * pass as another format.
 */
export async function readForeignDirectory(reader: WindowedReader, end: EndRecord): Promise<DirectoryEntry[] | null> {
  const start = end.position - end.directorySize;
  if (needsZipFeatures(end) || end.entries === 0 || start < 0) return null;
  if (end.directorySize > MAX_FOREIGN_DIRECTORY_BYTES) return null;
  const entries = parseDirectory(await reader.view(start, end.directorySize), end.entries);
  return entries?.every((entry) => entry.rawName !== 'mimetype') ? entries : null;
}

/**
 * The safety rules of gab-format 7.2: paths, links, sizes and ratios that are dangerous to unpack.
 */
export function checkForeignSafety(entries: readonly DirectoryEntry[], findings: FindingList): void {
  for (const entry of entries) {
    const report = (code: GabCode, params?: FindingDetails['params']) =>
      findings.add(code, { path: entry.name, ...(params && { params }) });
    const fault = findUnsafePathFault(entry.rawName);
    if (fault) report('GAB_E_PATH', { reason: fault });
    if (isLinkOrDevice(entry.externalAttributes)) report('GAB_E_ZIP_NOT_REGULAR', { kind: 'link-or-device' });
    checkSizes(entry, report);
  }
  checkTotal(entries, findings);
}
