import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder } from '../atomic-file.ts';
import { ifMissing } from '../error-code.ts';
import { withFile } from '../open-file.ts';
import { removeFile } from '../remove.ts';
import { renameFile } from '../rename.ts';
import { sha256Hex } from '../sha256.ts';
import { copyContent } from './copy-content.ts';
import { type ExportFile, ExportFileError, type WriteExportOptions, type WrittenExport } from './export-file.ts';
import { hashRange } from './hash-range.ts';
import { inLanes } from './lanes.ts';
import { PhaseProgress } from './progress.ts';
import { findRepeatedPath } from './repeated-path.ts';
import { createWriteLanes, type WriteLane } from './write-lanes.ts';

/**
 * Writes files to a folder. A file that is there already with the right size and hash is kept, so
 * that an export that was interrupted continues where it stopped; a file never appears under its
 * name before it is complete. What else is in the folder is left alone. Rejects like
 * `writeExportZip`; what is complete by then stays.
 */
export async function writeExportFolder(options: WriteExportOptions): Promise<WrittenExport> {
  const { files, target, signal, onProgress, isChecked = true } = options;
  signal?.throwIfAborted();
  const totals = totalsOf(files);
  const progress = new PhaseProgress(totals, onProgress);
  const lanes = createWriteLanes();
  const isKept = new Uint8Array(totals.totalFiles);
  await mkdir(target, { recursive: true });
  progress.begin('writing');
  const write = async ({ file, index }: Numbered, lane: WriteLane, stop: AbortSignal) => {
    const path = join(target, file.path);
    const tools = { lane, signal: stop, onBytes: progress.addBytes };
    if (await isComplete(path, file, tools)) {
      isKept[index] = 1;
      progress.addBytes(file.sizeBytes);
    } else await writeFile(path, file, tools);
    progress.addFile();
  };
  await inLanes(numbered(files), lanes, write, signal);
  progress.begin(isChecked ? 'checking' : 'flushing');
  // Flushed together at the end, because a flush after each file would take longer than copying.
  const finish = async ({ file, index }: Numbered, lane: WriteLane, stop: AbortSignal) => {
    const path = join(target, file.path);
    if (isKept[index] === 0) {
      await syncFile(path);
      if (isChecked) await check(path, file, { lane, signal: stop, onBytes: progress.addBytes });
      await syncFolder(dirname(path));
    }
    progress.addFile();
  };
  await inLanes(numbered(files), lanes, finish, signal);
  const keptFiles = isKept.reduce((sum, kept) => sum + kept, 0);
  return { files: totals.totalFiles, keptFiles, contentBytes: totals.totalBytes };
}

function totalsOf(files: Iterable<ExportFile>) {
  const repeated = findRepeatedPath(files);
  if (repeated !== null) throw new ExportFileError('repeated', repeated);
  let totalFiles = 0;
  let totalBytes = 0;
  for (const { sizeBytes } of files) {
    totalFiles += 1;
    totalBytes += sizeBytes;
  }
  return { totalBytes, totalFiles };
}

interface Numbered {
  readonly file: ExportFile;
  readonly index: number;
}

function* numbered(files: Iterable<ExportFile>): Generator<Numbered> {
  let index = 0;
  for (const file of files) {
    yield { file, index };
    index += 1;
  }
}

interface Tools {
  readonly lane: WriteLane;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

async function isComplete(path: string, file: ExportFile, { lane, signal }: Tools): Promise<boolean> {
  const found = await lstat(path).catch(ifMissing(null));
  if (!found?.isFile() || found.size !== file.sizeBytes) return false;
  return (await sha256Of(path, file, { buffer: lane.buffer, signal })) === file.sha256;
}

async function check(path: string, file: ExportFile, { lane, signal, onBytes }: Tools): Promise<void> {
  const sha256 = await sha256Of(path, file, { buffer: lane.buffer, signal, onBytes });
  if (sha256 !== file.sha256) throw new ExportFileError('content', file.path);
}

function sha256Of(path: string, { sizeBytes }: ExportFile, options: Parameters<typeof hashRange>[1]) {
  return withFile(path, async (handle) => (await hashRange({ handle, offset: 0, sizeBytes }, options))?.sha256);
}

async function writeFile(path: string, file: ExportFile, { lane, signal, onBytes }: Tools): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // The same name in every attempt: what a killed process left is replaced by the next one.
  const temporary = join(folder, `gabinet-${sha256Hex(file.path).slice(0, 16)}.part`);
  await removeFile(temporary);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      await fill(handle, file, { lane, signal, onBytes });
    } finally {
      await handle.close();
    }
    await renameFile(temporary, path);
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
}

async function fill(handle: FileHandle, file: ExportFile, { lane, signal, onBytes }: Tools): Promise<void> {
  lane.writer.begin(handle, 0);
  await copyContent(file, lane.writer, { signal, onBytes });
  await lane.writer.flush();
  await handle.utimes(file.modifiedAt, file.modifiedAt);
}
