import { renameDurably } from '../atomic-file.ts';
import { removeFile } from '../remove.ts';
import { checkZip } from './check-zip.ts';
import type { WriteZipOptions, WrittenExport } from './export-file.ts';
import { fillZip } from './fill-zip.ts';
import { openPartialZip, type PartialZip } from './partial-zip.ts';
import { PhaseProgress } from './progress.ts';
import { createWriteLanes } from './write-lanes.ts';
import { layOutZip, type ZipLayout } from './zip-layout.ts';

/**
 * Writes files to one ZIP, uncompressed. Sizes are certain before, so the layout is computed first
 * and several lanes fill it at different places at the same time. The ZIP appears under its name
 * only when it is complete, flushed and checked; otherwise nothing is left, unless it is resumable.
 * Replaces what is there. Rejects with `ExportFileError`, with the reason of the signal, and with
 * the errors of the system and of the streams.
 */
export async function writeExportZip(options: WriteZipOptions): Promise<WrittenExport> {
  const { files, target, isResumable = false, signal } = options;
  signal?.throwIfAborted();
  const layout = layOutZip(files);
  const partial = await openPartialZip({ files, target, isResumable, sizeBytes: layout.sizeBytes });
  try {
    const keptFiles = await writePartial(partial, layout, options);
    signal?.throwIfAborted();
    await renameDurably(partial.path, target);
    return { files: layout.count, keptFiles, contentBytes: layout.contentBytes };
  } catch (error) {
    // Why nothing was written matters more than a temporary file that cannot be removed.
    if (!isResumable) await removeFile(partial.path).catch(() => undefined);
    throw error;
  }
}

/** Closes the file. Returns how many files were in it already. */
async function writePartial(
  { handle, isResumed }: PartialZip,
  layout: ZipLayout,
  { files, signal, onProgress, isChecked = true }: WriteZipOptions,
): Promise<number> {
  const progress = new PhaseProgress({ totalBytes: layout.contentBytes, totalFiles: layout.count }, onProgress);
  const zip = { handle, files, layout, crcs: new Uint32Array(layout.count) };
  const shared = { lanes: createWriteLanes(), progress, ...(signal && { signal }) };
  try {
    progress.begin('writing');
    const keptFiles = await fillZip(zip, { ...shared, isResumed });
    progress.begin('flushing');
    await handle.sync();
    if (isChecked) await checkZip(zip, shared);
    return keptFiles;
  } finally {
    await handle.close();
  }
}
