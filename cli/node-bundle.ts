import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { nodeCodec } from '../node/bundle-codec.ts';
import { nodeEncoder } from '../node/bundle-encoder.ts';
import { fileHandleSource } from '../node/file-handle-source.ts';
import { openFile, withFile } from '../node/open-file.ts';
import type { ByteSource } from '../shared/gab/byte-source.ts';
import { inspectBundle } from '../shared/gab/inspect-bundle.ts';
import type { InspectOptions } from '../shared/gab/inspection.ts';
import type { GabPolicy, GabReport } from '../shared/gab/report.ts';
import type { WriteTools } from '../shared/gab/write/write-bundle.ts';

/** What reading and writing bundles needs from Node. */
export const bundleTools: WriteTools = { codec: nodeCodec, encoder: nodeEncoder };

/** The commands check a bundle strictly, with its own file name. */
export function readOptions(filePath: string): InspectOptions {
  return { fileName: basename(filePath), policy: 'strict', codec: nodeCodec };
}

/** Keeps a file open while `use` runs. Rejects if it can't be opened or read. */
export function withSource<Value>(filePath: string, use: (source: ByteSource) => Promise<Value>): Promise<Value> {
  return withFile(filePath, async (file) => {
    const stats = await file.stat();
    // On Linux, a folder can be opened and only reading fails. This reports the same error
    // everywhere.
    if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', syscall: 'read' });
    return use(fileHandleSource(file, stats.size));
  });
}

/** Opens several files at once; the sources are in the order of the paths. */
export async function withSources<Value>(
  filePaths: readonly string[],
  use: (sources: readonly ByteSource[]) => Promise<Value>,
): Promise<Value> {
  const handles: FileHandle[] = [];
  try {
    const sources: ByteSource[] = [];
    for (const filePath of filePaths) {
      const handle = await openFile(filePath);
      handles.push(handle);
      sources.push(fileHandleSource(handle, (await handle.stat()).size));
    }
    return await use(sources);
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

/** Checks one file on disk. Rejects if it can't be opened or read. */
export function inspectFile(filePath: string, policy: GabPolicy): Promise<GabReport> {
  return withSource(filePath, (source) => inspectBundle(source, { ...readOptions(filePath), policy }));
}
