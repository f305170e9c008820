import { crc32 } from 'node:zlib';
import { withFile } from '../open-file.ts';
import type { BlockWriter } from './block-writer.ts';
import { type ExportFile, ExportFileError } from './export-file.ts';

/** Receives what is copied, piece by piece; a piece is valid only during the call. */
type OnPiece = (piece: Uint8Array) => void;

/**
 * Appends the content of a file, exactly `sizeBytes`, and returns its CRC-32: the announced one, or
 * the one of the bytes. Rejects with `ExportFileError` if the size differs, with the reason of
 * `signal`, and with the errors of the source and the target.
 */
export async function copyContent(
  file: ExportFile,
  target: BlockWriter,
  { signal, onBytes }: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<number> {
  let crc = 0;
  const isCounted = file.crc32 === undefined;
  const onPiece = (piece: Uint8Array) => {
    if (isCounted) crc = crc32(piece, crc);
    onBytes(piece.byteLength);
    signal.throwIfAborted();
  };
  const { content } = file;
  if ('localPath' in content) await copyLocalFile(file, content.localPath, target, onPiece);
  else if ('bytes' in content) await copyPieces(file, [content.bytes], target, onPiece);
  else await copyPieces(file, await content.open(signal), target, onPiece);
  return file.crc32 ?? crc;
}

function copyLocalFile(file: ExportFile, localPath: string, target: BlockWriter, onPiece: OnPiece): Promise<void> {
  return withFile(localPath, async (handle) => {
    let at = 0;
    while (at < file.sizeBytes) {
      const space = await target.space();
      const wanted = Math.min(space.byteLength, file.sizeBytes - at);
      const { bytesRead } = await handle.read(space, 0, wanted, at);
      if (bytesRead === 0) throw new ExportFileError('size', file.path);
      onPiece(space.subarray(0, bytesRead));
      target.advance(bytesRead);
      at += bytesRead;
    }
    if ((await handle.stat()).size !== file.sizeBytes) throw new ExportFileError('size', file.path);
  });
}

async function copyPieces(
  file: ExportFile,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  target: BlockWriter,
  onPiece: OnPiece,
): Promise<void> {
  let done = 0;
  for await (const piece of pieces) {
    done += piece.byteLength;
    // Nothing is written beyond the file's range: the next file is there.
    if (done > file.sizeBytes) throw new ExportFileError('size', file.path);
    onPiece(piece);
    await target.append(piece);
  }
  if (done !== file.sizeBytes) throw new ExportFileError('size', file.path);
}
