import type { ByteSource } from '../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { readEntry } from '../../shared/gab/entry-reader.ts';
import { FindingList } from '../../shared/gab/finding-list.ts';
import { fileNameOf, isExtra } from '../../shared/gab/recognize/recognize-archive.ts';
import { showText } from '../../shared/gab/show-text.ts';
import { SNIFF_BYTES, startsLikeGab, startsWithMimetype } from '../../shared/gab/sniff.ts';
import { ShortSourceError, WindowedReader } from '../../shared/gab/windowed-reader.ts';
import { type DirectoryEntry, needsZipFeatures } from '../../shared/gab/zip/directory.ts';
import { type EndRecord, findEndRecord, MAX_END_RECORD_BYTES } from '../../shared/gab/zip/end-record.ts';
import { DEFLATED, STORED } from '../../shared/gab/zip/entry-rules.ts';
import { checkForeignSafety, readForeignDirectory } from '../../shared/gab/zip/foreign-archive.ts';
import { UsageError } from '../command-output.ts';
import { formatFindings } from '../format-report.ts';

// Archives of other programs are untrusted: nothing is inflated before their declared sizes, ratios
// and paths are accepted, the output never exceeds the declared size, and names are only compared,
// never used as paths.

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const FLAG_ENCRYPTED = 1;
/** Enough to recognize a file by, and short enough for a line. */
const MAX_SHOWN_NAME = 80;

/** The files of an archive by their file name in lower case. */
export interface ForeignFiles {
  /** The names of all files without their folders, as they are shown to people. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * Returns the content after checking its checksum. Throws a `UsageError` if the file is missing
   * or damaged.
   */
  read(name: string): Promise<Uint8Array>;
}

/**
 * Opens an archive of another program. Throws a `UsageError` that says what is wrong if it can't be
 * used.
 */
export async function openForeignFiles(source: ByteSource, codec: BundleCodec): Promise<ForeignFiles> {
  const reader = new WindowedReader(source);
  const tailBytes = Math.min(source.size, MAX_END_RECORD_BYTES);
  const { tolerant: end } = findEndRecord(
    await reader.view(source.size - tailBytes, tailBytes, tailBytes),
    source.size,
  );
  const found = end && (await readForeignDirectory(reader, end));
  if (!end || !found) throw new UsageError(await describeUnreadable(source, end));
  const entries = found.map(withSlashes);
  const findings = new FindingList();
  checkForeignSafety(entries, findings);
  if (findings.hasErrors)
    throw new UsageError(`the archive isn't safe to open\n${formatFindings(findings.toReport())}`);
  const byName = groupByName(entries);
  return {
    names: [...byName.values()].flat().map(({ name }) => showText(fileNameOf(name), MAX_SHOWN_NAME)),
    has: (name) => byName.has(name),
    read: async (name) => {
      const [entry, second] = byName.get(name) ?? [];
      if (!entry) throw new UsageError(`the archive doesn't contain ${name}`);
      if (second) throw new UsageError(`the archive contains two files named ${name}; remove one of them`);
      return readFile({ reader, codec, limit: end.position - end.directorySize }, entry);
    },
  };
}

/** Why an archive can't be read at all. */
async function describeUnreadable(source: ByteSource, end: EndRecord | null): Promise<string> {
  const head = await source.read(0, Math.min(SNIFF_BYTES, source.size));
  if (startsLikeGab(head)) return 'the file is already a bundle; check it with “gabinet validate”';
  if (startsWithMimetype(head)) return 'the file is a document of another program (such as an e-book), not an avatar';
  if (!end) return 'the archive is cut off; copy or download it again';
  if (needsZipFeatures(end)) return 'the archive uses ZIP64 or several disks; zip its folder again without them';
  return end.entries === 0 ? 'the archive is empty' : 'the archive is damaged; copy or download it again';
}

/**
 * Old programs of Windows write `\\` between folders, and every unzip tool reads it as `/`. Names
 * are only compared, so this can't lead anywhere; what it makes of a name is checked like any other.
 */
function withSlashes(entry: DirectoryEntry): DirectoryEntry {
  if (entry.rawName.includes('/')) return entry;
  return {
    ...entry,
    rawName: entry.rawName.replaceAll('\\', '/'),
    name: entry.name.replaceAll('\\', '/'),
  };
}

/** Folders, and the extra files that macOS adds, are left out. */
function groupByName(entries: readonly DirectoryEntry[]): ReadonlyMap<string, readonly DirectoryEntry[]> {
  const byName = new Map<string, DirectoryEntry[]>();
  for (const entry of entries) {
    if (isExtra(entry.rawName)) continue;
    const name = fileNameOf(entry.rawName).toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return byName;
}

interface ArchiveParts {
  readonly reader: WindowedReader;
  readonly codec: BundleCodec;
  /** The data of the entries must end here, where the directory starts. */
  readonly limit: number;
}

async function readFile({ reader, codec, limit }: ArchiveParts, entry: DirectoryEntry): Promise<Uint8Array> {
  const shown = showText(entry.name, 200);
  if (entry.flags & FLAG_ENCRYPTED) throw new UsageError(`${shown} in the archive is encrypted`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new UsageError(`${shown} in the archive uses an unsupported compression method; zip it again`);
  }
  const damaged = new UsageError(`${shown} in the archive is damaged`);
  try {
    const dataOffset = await findData(reader, entry);
    if (dataOffset === null || dataOffset + entry.compressedSize > limit) throw damaged;
    const bytes = new Uint8Array(entry.size);
    let filled = 0;
    const { facts } = await readEntry({ reader, codec }, { ...entry, dataOffset }, (piece) => {
      bytes.set(piece, filled);
      filled += piece.byteLength;
    });
    if (facts?.crc32 !== entry.crc32) throw damaged;
    return bytes;
  } catch (error) {
    throw error instanceof ShortSourceError ? damaged : error;
  }
}

/** The directory says where the local header is; only the header's own lengths are used from it. */
async function findData(reader: WindowedReader, entry: DirectoryEntry): Promise<number | null> {
  if (entry.offset + LOCAL_HEADER_BYTES > reader.sizeBytes) return null;
  const header = await reader.view(entry.offset, LOCAL_HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return null;
  return entry.offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}
