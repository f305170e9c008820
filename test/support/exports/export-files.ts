import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExportFile, textFile } from '../../../node/exports/export-file.ts';
import { sha256Hex } from '../../../node/sha256.ts';
import { noise } from '../sample-assets.ts';

export const AT = new Date('2026-11-30T12:34:56Z');

/** A file whose content is in memory, with its CRC-32. */
export function memoryFile(path: string, text: string): ExportFile {
  return textFile({ path, text }, AT);
}

/** A file on the disk, whose CRC-32 nobody has computed. */
export async function localFile(folder: string, path: string, bytes: Uint8Array): Promise<ExportFile> {
  const localPath = join(folder, sha256Hex(path));
  await writeFile(localPath, bytes);
  return { path, sizeBytes: bytes.byteLength, sha256: sha256Hex(bytes), modifiedAt: AT, content: { localPath } };
}

/** A file that arrives in pieces, such as a download. */
export function streamedFile(path: string, bytes: Uint8Array, pieceBytes = 65_536): ExportFile {
  async function* open(signal: AbortSignal) {
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
      signal.throwIfAborted();
      yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
    }
  }
  return { path, sizeBytes: bytes.byteLength, sha256: sha256Hex(bytes), modifiedAt: AT, content: { open } };
}

/** One of each kind, small and larger than the blocks of the writers. */
export async function sampleFiles(folder: string): Promise<ExportFile[]> {
  return [
    memoryFile('README.txt', 'read me\n'),
    memoryFile('empty.txt', ''),
    await localFile(folder, 'Aurora/مارا/v1/白い.gab', noise(3_000_001, 1)),
    streamedFile('Aurora/مارا/v2/big.gab', noise(2_500_000, 2)),
    await localFile(folder, 'Aurora/small.gab', noise(100, 3)),
    streamedFile('Aurora/streamed.gab', noise(100_000, 4), 999),
  ];
}
