import { writeAt } from './block-writer.ts';
import type { WrittenZip } from './check-zip.ts';
import { copyContent } from './copy-content.ts';
import { hashRange } from './hash-range.ts';
import { inLanes } from './lanes.ts';
import type { PhaseProgress } from './progress.ts';
import { BLOCK_BYTES, type WriteLane } from './write-lanes.ts';
import { directoryBlocks } from './zip-directory.ts';
import { headerOf, type PlacedFile, placeFiles, runsOf } from './zip-layout.ts';

export interface FillOptions {
  readonly lanes: readonly WriteLane[];
  readonly progress: PhaseProgress;
  /** Whether the target may have the content of some files already. */
  readonly isResumed: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes everything that belongs into a ZIP, each part at its place, and notes the checksums.
 * Returns how many files were there already. Rejects like `writeExportZip`.
 */
export async function fillZip(zip: WrittenZip, options: FillOptions): Promise<number> {
  const { handle, files, layout } = zip;
  const { lanes, progress, isResumed, signal } = options;
  const filling = { zip, progress, isResumed, kept: { files: 0 } };
  const write = (run: readonly PlacedFile[], lane: WriteLane, stop: AbortSignal) =>
    writeRun(run, lane, { ...filling, signal: stop });
  await inLanes(runsOf(placeFiles(files), BLOCK_BYTES), lanes, write, signal);
  let at = layout.directory.offset;
  for (const block of directoryBlocks(zip)) {
    signal?.throwIfAborted();
    await writeAt(handle, block, at);
    at += block.byteLength;
  }
  return filling.kept.files;
}

interface Filling {
  readonly zip: WrittenZip;
  readonly progress: PhaseProgress;
  readonly isResumed: boolean;
  readonly kept: { files: number };
  readonly signal: AbortSignal;
}

async function writeRun(run: readonly PlacedFile[], lane: WriteLane, filling: Filling): Promise<void> {
  const [first] = run;
  if (!first) return;
  lane.writer.begin(filling.zip.handle, first.offset);
  for (const placed of run) {
    if (!filling.isResumed || !(await keepFile(placed, lane, filling))) await writeFile(placed, lane, filling);
    filling.progress.addFile();
  }
  await lane.writer.flush();
}

/**
 * The header needs the CRC-32: if that is not certain before, the header is corrected afterwards.
 */
async function writeFile(placed: PlacedFile, { writer }: WriteLane, { zip, progress, signal }: Filling): Promise<void> {
  const { file, index, offset } = placed;
  await writer.append(headerOf(placed, file.crc32 ?? 0));
  const crc32 = await copyContent(file, writer, { signal, onBytes: progress.addBytes });
  zip.crcs[index] = crc32;
  if (file.crc32 === undefined) await writer.replace(offset, headerOf(placed, crc32));
}

/** Returns false if the content is not there yet. Only the header is written again. */
async function keepFile(
  placed: PlacedFile,
  { writer, buffer }: WriteLane,
  { zip, progress, kept, signal }: Filling,
): Promise<boolean> {
  const { file, index, dataOffset, end } = placed;
  const range = { handle: zip.handle, offset: dataOffset, sizeBytes: file.sizeBytes };
  const digest = await hashRange(range, { buffer, signal });
  if (digest?.sha256 !== file.sha256) return false;
  zip.crcs[index] = digest.crc32;
  await writer.append(headerOf(placed, digest.crc32));
  await writer.flush();
  writer.begin(zip.handle, end);
  progress.addBytes(file.sizeBytes);
  kept.files += 1;
  return true;
}
