import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { sha256Hex } from '../sha256.ts';
import { type ExportFile, ExportFileError } from './export-file.ts';
import { hashRange, type RangeDigest } from './hash-range.ts';
import { inLanes } from './lanes.ts';
import type { PhaseProgress } from './progress.ts';
import { BLOCK_BYTES, type WriteLane } from './write-lanes.ts';
import { directoryBlocks } from './zip-directory.ts';
import { headerOf, type PlacedFile, placeFiles, runsOf, type ZipLayout } from './zip-layout.ts';

export interface WrittenZip {
  readonly handle: FileHandle;
  readonly files: Iterable<ExportFile>;
  readonly layout: ZipLayout;
  /** Of the files in their order. */
  readonly crcs: Uint32Array;
}

export interface CheckOptions {
  readonly lanes: readonly WriteLane[];
  readonly progress: PhaseProgress;
  readonly signal?: AbortSignal;
}

/**
 * Reads a ZIP again that was just written: every header, every byte of content, the directory.
 * Rejects with `ExportFileError`: `content` if the source was not what it was announced to be,
 * `written` if the disk does not give back what was written.
 */
export async function checkZip(zip: WrittenZip, { lanes, progress, signal }: CheckOptions): Promise<void> {
  progress.begin('checking');
  const check = (run: readonly PlacedFile[], { buffer }: WriteLane, stop: AbortSignal) =>
    checkRun(run, { zip, buffer, progress, signal: stop });
  await inLanes(runsOf(placeFiles(zip.files), BLOCK_BYTES), lanes, check, signal);
  const { buffer } = lanes[0] ?? { buffer: new Uint8Array(BLOCK_BYTES) };
  let at = zip.layout.directory.offset;
  for (const block of directoryBlocks(zip)) {
    signal?.throwIfAborted();
    const found = await readInto(zip.handle, buffer.subarray(0, block.byteLength), at);
    expectEqual(found, block, 'the directory');
    at += block.byteLength;
  }
}

interface Checking {
  readonly zip: WrittenZip;
  readonly buffer: Uint8Array;
  readonly progress: PhaseProgress;
  readonly signal: AbortSignal;
}

async function checkRun(run: readonly PlacedFile[], checking: Checking): Promise<void> {
  const { zip, buffer, progress, signal } = checking;
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return;
  if (last.end - first.offset > buffer.byteLength) {
    await checkLargeFile(first, checking);
    return;
  }
  const bytes = await readInto(zip.handle, buffer.subarray(0, last.end - first.offset), first.offset);
  for (const placed of run) {
    signal.throwIfAborted();
    const dataAt = placed.dataOffset - first.offset;
    const header = bytes.subarray(placed.offset - first.offset, dataAt);
    const content = bytes.subarray(dataAt, placed.end - first.offset);
    const digest = content.byteLength === placed.file.sizeBytes ? digestOf(content) : null;
    expectFile(placed, { header, digest }, zip);
    progress.addBytes(content.byteLength);
    progress.addFile();
  }
}

async function checkLargeFile(
  placed: PlacedFile,
  { zip: { handle, crcs }, buffer, progress, signal }: Checking,
): Promise<void> {
  const { file, offset, dataOffset } = placed;
  const header = await readInto(handle, new Uint8Array(dataOffset - offset), offset);
  const range = { handle, offset: dataOffset, sizeBytes: file.sizeBytes };
  const digest = await hashRange(range, { buffer, signal, onBytes: progress.addBytes });
  expectFile(placed, { header, digest }, { crcs });
  progress.addFile();
}

function digestOf(content: Uint8Array): RangeDigest {
  return { sha256: sha256Hex(content), crc32: crc32(content) };
}

function expectFile(
  placed: PlacedFile,
  { header, digest }: { readonly header: Uint8Array; readonly digest: RangeDigest | null },
  { crcs }: Pick<WrittenZip, 'crcs'>,
): void {
  const { file, index } = placed;
  const announced = crcs[index] ?? 0;
  expectEqual(header, headerOf(placed, announced), file.path);
  if (!digest) throw new ExportFileError('written', file.path);
  if (digest.sha256 !== file.sha256 || digest.crc32 !== announced) throw new ExportFileError('content', file.path);
}

function expectEqual(found: Uint8Array, expected: Uint8Array, path: string): void {
  if (Buffer.compare(found, expected) !== 0) throw new ExportFileError('written', path);
}

/** Fills the target, or returns the part of it that the file has. */
async function readInto(handle: FileHandle, target: Uint8Array, position: number): Promise<Uint8Array> {
  let filled = 0;
  while (filled < target.byteLength) {
    const { bytesRead } = await handle.read(target, filled, target.byteLength - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}
