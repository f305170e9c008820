import type { ByteSource } from '../../gab/byte-source.ts';
import { WindowedReader } from '../../gab/windowed-reader.ts';
import { type DirectoryEntry, needsZipFeatures, parseDirectory } from '../../gab/zip/directory.ts';
import { type EndRecord, findEndRecord, MAX_END_RECORD_BYTES } from '../../gab/zip/end-record.ts';
import { STORED } from '../../gab/zip/entry-rules.ts';
import { KIB } from '../../lib/sizes.ts';

/**
 * A range of bytes that is likely to occur in another file too: the data of one entry, as it is in
 * the archive.
 */
export interface PieceRange {
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Name of the entry, one character per byte; empty if the file is not an archive. */
  readonly path: string;
}

/** A piece that was found in a file. */
export interface FoundPiece extends PieceRange {
  /**
   * Its bytes are the entry's content itself. False if they are deflated or don't belong to an
   * entry.
   */
  readonly isStored: boolean;
}

/** A file with more entries than any bundle or avatar archive has is sent as one piece. */
export const MAX_PIECES = 4096;
/**
 * Twice what the headers of `MAX_PIECES` entries with ordinary names need. With all their hashes,
 * even a recipe that doesn't compress stays below the megabyte of JSON that the server accepts. A
 * file with more bytes between its entries is sent as one piece.
 */
export const MAX_SKELETON_BYTES = 512 * KIB;
/** Describing a smaller entry costs more than sending it. */
const MIN_PIECE_BYTES = 64;

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;

/**
 * Finds the data of an archive's entries, in file order, without overlaps. A file that can't be
 * read as a plain ZIP is one piece: the layout only decides how a file is sent, never what it
 * means, so it needs no verdict. Rejects only if the source does.
 */
export async function readFileLayout(source: ByteSource): Promise<readonly FoundPiece[]> {
  const whole: FoundPiece[] =
    source.size === 0 ? [] : [{ offset: 0, sizeBytes: source.size, path: '', isStored: false }];
  const reader = new WindowedReader(source);
  const entries = await readEntries(reader);
  if (entries === null) return whole;
  const pieces = await locate(reader, entries);
  if (pieces === null || pieces.length === 0) return whole;
  const pieceBytes = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return source.size - pieceBytes > MAX_SKELETON_BYTES ? whole : pieces;
}

async function readEntries(reader: WindowedReader): Promise<DirectoryEntry[] | null> {
  const tailBytes = Math.min(reader.sizeBytes, MAX_END_RECORD_BYTES);
  const end = findEndRecord(await reader.view(reader.sizeBytes - tailBytes, tailBytes), reader.sizeBytes).tolerant;
  if (end === null || !isReadable(end)) return null;
  const bytes = await reader.view(end.directoryOffset, end.directorySize, end.directorySize);
  return parseDirectory(new Uint8Array(bytes), end.entries);
}

function isReadable(end: EndRecord): boolean {
  const isPlain = !needsZipFeatures(end) && end.entries > 0 && end.entries <= MAX_PIECES;
  return isPlain && end.directorySize <= MAX_SKELETON_BYTES && end.directoryOffset + end.directorySize <= end.position;
}

/** Null if entries overlap, or if a local header is not where the directory says. */
async function locate(reader: WindowedReader, entries: readonly DirectoryEntry[]): Promise<FoundPiece[] | null> {
  const pieces: FoundPiece[] = [];
  let free = 0;
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (entry.offset < free || entry.offset + LOCAL_HEADER_BYTES > reader.sizeBytes) return null;
    const offset = await dataOffset(reader, entry.offset);
    if (offset === null || offset + entry.compressedSize > reader.sizeBytes) return null;
    free = offset + entry.compressedSize;
    if (entry.compressedSize >= MIN_PIECE_BYTES) {
      const isStored = entry.method === STORED;
      pieces.push({ offset, sizeBytes: entry.compressedSize, path: entry.rawName, isStored });
    }
  }
  return pieces;
}

async function dataOffset(reader: WindowedReader, headerOffset: number): Promise<number | null> {
  const header = await reader.view(headerOffset, LOCAL_HEADER_BYTES, LOCAL_HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return null;
  return headerOffset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}
