import type { ByteSource } from '../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { readEntry } from '../../shared/gab/entry-reader.ts';
import { FindingList } from '../../shared/gab/finding-list.ts';
import { showText } from '../../shared/gab/show-text.ts';
import { ShortSourceError, WindowedReader } from '../../shared/gab/windowed-reader.ts';
import type { DirectoryEntry } from '../../shared/gab/zip/directory.ts';
import { findEndRecord, MAX_END_RECORD_BYTES } from '../../shared/gab/zip/end-record.ts';
import { DEFLATED, STORED } from '../../shared/gab/zip/entry-rules.ts';
import { checkForeignSafety, readForeignDirectory } from '../../shared/gab/zip/foreign-archive.ts';
import { UsageError } from '../command-output.ts';
import { formatFindings } from '../format-report.ts';

// Somebody else's archive is untrusted: nothing of it is inflated before its declared sizes, ratios and paths are accepted,
// never more than declared comes out, and its names are only compared, never used as paths.

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const FLAG_ENCRYPTED = 1;

/** The files of a foreign archive by their last name, lower case. */
export interface ForeignFiles {
  has(name: string): boolean;
  /** The content, with its checksum proven. A `UsageError` if there is none, or if it is damaged. */
  read(name: string): Promise<Uint8Array>;
}

/** Opens an archive of another program. A `UsageError` says what is wrong with one that cannot be used. */
export async function openForeignFiles(source: ByteSource, codec: BundleCodec): Promise<ForeignFiles> {
  const reader = new WindowedReader(source);
  const tailBytes = Math.min(source.size, MAX_END_RECORD_BYTES);
  const { tolerant: end } = findEndRecord(
    await reader.view(source.size - tailBytes, tailBytes, tailBytes),
    source.size,
  );
  const entries = end && (await readForeignDirectory(reader, end));
  if (!end || !entries) throw new UsageError('the archive cannot be read, or it is a bundle already');
  const findings = new FindingList();
  checkForeignSafety(entries, findings);
  if (findings.hasErrors)
    throw new UsageError(`the archive is not safe to open\n${formatFindings(findings.toReport())}`);
  const byName = groupByName(entries);
  return {
    has: (name) => byName.has(name),
    read: async (name) => {
      const [entry, second] = byName.get(name) ?? [];
      if (!entry) throw new UsageError(`the archive has no ${name}`);
      if (second) throw new UsageError(`the archive has two files called ${name}; leave one of them out`);
      return readFile({ reader, codec, limit: end.position - end.directorySize }, entry);
    },
  };
}

/** Folders, and what macOS puts beside every file, are left out. */
function groupByName(entries: readonly DirectoryEntry[]): ReadonlyMap<string, readonly DirectoryEntry[]> {
  const byName = new Map<string, DirectoryEntry[]>();
  for (const entry of entries) {
    const name = entry.rawName.split('/').at(-1)?.toLowerCase() ?? '';
    if (name === '' || entry.rawName.startsWith('__MACOSX/')) continue;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return byName;
}

interface ArchiveParts {
  readonly reader: WindowedReader;
  readonly codec: BundleCodec;
  /** Where the data of the entries has to end: the directory begins there. */
  readonly limit: number;
}

async function readFile({ reader, codec, limit }: ArchiveParts, entry: DirectoryEntry): Promise<Uint8Array> {
  const shown = showText(entry.name, 200);
  if (entry.flags & FLAG_ENCRYPTED) throw new UsageError(`${shown} in the archive is encrypted`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new UsageError(`${shown} in the archive is compressed in a way that is not supported; zip it again`);
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

/** The directory says where the local header is; only its own lengths are taken from it. */
async function findData(reader: WindowedReader, entry: DirectoryEntry): Promise<number | null> {
  if (entry.offset + LOCAL_HEADER_BYTES > reader.sizeBytes) return null;
  const header = await reader.view(entry.offset, LOCAL_HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return null;
  return entry.offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}
