import type { FindingList } from '../finding-list.ts';
import { latin1 } from '../sniff.ts';
import type { WindowedReader } from '../windowed-reader.ts';
import type { DirectoryEntry } from './directory.ts';
import { findExtraFault } from './extra-fields.ts';

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
/** How much the walk reads ahead: small entries share a read, and large entries waste little. */
const WALK_FILL_BYTES = 4096;

/** An entry whose local header matches its directory record. */
export interface LocatedEntry extends DirectoryEntry {
  /** Offset of the compressed bytes in the file. */
  readonly dataOffset: number;
}

/**
 * Stage 6: walks the local headers in the order of the directory. If it finds no errors, there is
 * exactly one way to read the file: every byte before the directory belongs to one entry.
 */
export async function walkLocalHeaders(
  reader: WindowedReader,
  { entries, directoryOffset }: { readonly entries: readonly DirectoryEntry[]; readonly directoryOffset: number },
  findings: FindingList,
): Promise<LocatedEntry[]> {
  const located: LocatedEntry[] = [];
  let cursor = 0;
  for (const entry of entries) {
    if (entry.offset < cursor) {
      findings.add('GAB_E_ZIP_OVERLAP', { path: entry.name, params: { offset: entry.offset, expected: cursor } });
      continue;
    }
    if (entry.offset > cursor) reportGap(findings, { from: cursor, to: entry.offset, path: entry.name });
    const step = await readLocalHeader(reader, entry, directoryOffset);
    if (step.fault === 'truncated') {
      findings.add('GAB_E_ZIP_TRUNCATED', { path: entry.name, params: { reason: 'data-past-directory' } });
      return located;
    }
    reportHeader(step, entry, findings);
    // After a mismatch, neither header is more reliable about where the data ends, so nothing after
    // it can be trusted.
    if (step.differs.length > 0) return located;
    located.push({ ...entry, dataOffset: step.dataOffset });
    cursor = step.dataOffset + entry.compressedSize;
  }
  if (cursor < directoryOffset) reportGap(findings, { from: cursor, to: directoryOffset });
  return located;
}

function reportGap(findings: FindingList, gap: { from: number; to: number; path?: string }): void {
  const params = { offset: gap.from, gapBytes: gap.to - gap.from };
  findings.add('GAB_E_ZIP_GAP', { ...(gap.path !== undefined && { path: gap.path }), params });
}

interface LocalHeader {
  readonly fault: null;
  readonly dataOffset: number;
  /** Names of the fields in which header and directory differ. */
  readonly differs: readonly string[];
  readonly extra: Uint8Array;
}

async function readLocalHeader(
  reader: WindowedReader,
  entry: DirectoryEntry,
  directoryOffset: number,
): Promise<LocalHeader | { readonly fault: 'truncated' }> {
  const nameAt = entry.offset + LOCAL_HEADER_BYTES;
  if (nameAt > directoryOffset) return { fault: 'truncated' };
  const fixed = await reader.view(entry.offset, LOCAL_HEADER_BYTES, WALK_FILL_BYTES);
  const view = new DataView(fixed.buffer, fixed.byteOffset, fixed.byteLength);
  const differs = findDifferences(view, entry);
  const nameBytes = view.getUint16(26, true);
  const dataOffset = nameAt + nameBytes + view.getUint16(28, true);
  if (differs.length > 0) return { fault: null, dataOffset, differs, extra: new Uint8Array() };
  if (dataOffset + entry.compressedSize > directoryOffset) return { fault: 'truncated' };
  const rest = await reader.view(nameAt, dataOffset - nameAt, WALK_FILL_BYTES);
  const isSameName = latin1(rest.subarray(0, nameBytes)) === entry.rawName;
  return { fault: null, dataOffset, differs: isSameName ? [] : ['name'], extra: rest.slice(nameBytes) };
}

function findDifferences(view: DataView, entry: DirectoryEntry): string[] {
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return ['signature'];
  const pairs: readonly (readonly [string, number, number])[] = [
    ['flags', view.getUint16(6, true), entry.flags],
    ['method', view.getUint16(8, true), entry.method],
    ['time', view.getUint16(10, true), entry.time],
    ['date', view.getUint16(12, true), entry.date],
    ['crc', view.getUint32(14, true), entry.crc32],
    ['compressed size', view.getUint32(18, true), entry.compressedSize],
    ['size', view.getUint32(22, true), entry.size],
    ['name', view.getUint16(26, true), entry.rawName.length],
  ];
  return pairs.filter(([, local, central]) => local !== central).map(([field]) => field);
}

function reportHeader({ differs, extra }: LocalHeader, entry: DirectoryEntry, findings: FindingList): void {
  if (differs.length > 0) {
    findings.add('GAB_E_ZIP_HEADER_MISMATCH', { path: entry.name, params: { fields: differs.join(', ') } });
    return;
  }
  const fault = findExtraFault(extra, entry.rawName);
  if (fault) findings.add('GAB_E_ZIP_EXTRA', { path: entry.name, params: fault });
}
