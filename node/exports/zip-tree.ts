import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { latin1 } from '../../shared/gab/sniff.ts';
import { findUnsafePathFault } from '../../shared/gab/zip/entry-path.ts';
import { isLinkOrDevice } from '../../shared/gab/zip/external-attributes.ts';
import { joinBytes } from '../../shared/lib/bytes.ts';
import type { FileTree, FoundFile, StopSignal } from '../../shared/lib/file-tree.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { readExactly, readZipDirectory, type ZipEntry } from './zip-end.ts';

const LOCAL_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const FLAG_ENCRYPTED = 1;

/**
 * Reads the list of a ZIP, ours or one that another program packed (stored and deflated entries).
 * The caller keeps the file open. Null if it is not a ZIP, or its directory is damaged. Rejects
 * with the system's error.
 */
export async function openZipTree(handle: FileHandle): Promise<FileTree | null> {
  const fileBytes = (await handle.stat()).size;
  const entries = await readZipDirectory(handle, fileBytes);
  if (!entries) return null;
  const byFile = new Map<FoundFile, ZipEntry>();
  for (const entry of entries) {
    // Entries of folders add nothing, but one that leads elsewhere must be seen.
    if (entry.name.endsWith('/') && findUnsafePathFault(entry.name) === null) continue;
    const { name: path, sizeBytes, externalAttributes } = entry;
    byFile.set({ path, sizeBytes, isFile: !isLinkOrDevice(externalAttributes) }, entry);
  }
  const consume = async (file: FoundFile, onPiece: (piece: Uint8Array) => void, signal?: StopSignal) => {
    const entry = byFile.get(file);
    return entry ? await readEntry(handle, entry, onPiece, signal) : false;
  };
  return {
    files: [...byFile.keys()],
    async sha256Of(file, signal) {
      const hash = createHash('sha256');
      return (await consume(file, (piece) => hash.update(piece), signal)) ? hash.digest('hex') : null;
    },
    async read(file, maxBytes) {
      if (file.sizeBytes > maxBytes) return null;
      const pieces: Uint8Array[] = [];
      return (await consume(file, (piece) => pieces.push(piece.slice()))) ? joinBytes(pieces) : null;
    },
  };
}

/** Returns false if the entry is damaged: its header, its data, its size or its CRC-32. */
async function readEntry(
  handle: FileHandle,
  entry: ZipEntry,
  onPiece: (piece: Uint8Array) => void,
  signal?: StopSignal,
): Promise<boolean> {
  const dataOffset = await findData(handle, entry);
  if (dataOffset === null) return false;
  let crc = 0;
  let done = 0;
  try {
    for await (const piece of contentOf(handle, entry, dataOffset)) {
      signal?.throwIfAborted();
      done += piece.byteLength;
      // What unpacks to more than it declares is damaged, or made to exhaust memory.
      if (done > entry.sizeBytes) return false;
      crc = crc32(piece, crc);
      onPiece(piece);
    }
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
  return done === entry.sizeBytes && crc === entry.crc32;
}

/** Where the data starts; null if the local header does not belong to this entry. */
async function findData(handle: FileHandle, entry: ZipEntry): Promise<number | null> {
  const { flags, method, rawName, offset } = entry;
  if ((flags & FLAG_ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) return null;
  const header = await readExactly(handle, offset, LOCAL_BYTES);
  if (!header || header.readUInt32LE(0) !== LOCAL_SIGNATURE || header.readUInt16LE(8) !== method) return null;
  const nameBytes = header.readUInt16LE(26);
  const name = await readExactly(handle, offset + LOCAL_BYTES, nameBytes);
  if (!name || latin1(name) !== rawName) return null;
  return offset + LOCAL_BYTES + nameBytes + header.readUInt16LE(28);
}

function contentOf(handle: FileHandle, entry: ZipEntry, dataOffset: number): AsyncIterable<Uint8Array> {
  const stored = blocksOf(handle, dataOffset, entry.compressedSize);
  if (entry.method === STORED) return stored;
  const copies = Readable.from(copied(stored), { objectMode: false });
  const inflate = createInflateRaw();
  copies.once('error', (error) => inflate.destroy(error));
  return copies.pipe(inflate);
}

/** A block is valid until the next one. Ends early where the file does. */
async function* blocksOf(handle: FileHandle, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(MIB, length));
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, length - at), offset + at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** A stream may keep a block while it reads the next one. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield block.slice();
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
