import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import zlib from 'node:zlib';
import { nodeCodec } from '../node/bundle-codec.ts';
import { nodeEncoder } from '../node/bundle-encoder.ts';
import { fileHandleSource } from '../node/file-handle-source.ts';
import type { ByteSource } from '../shared/gab/byte-source.ts';
import { inspectBundle } from '../shared/gab/inspect-bundle.ts';
import type { InspectOptions } from '../shared/gab/inspection.ts';
import type { GabPolicy, GabReport } from '../shared/gab/report.ts';
import type { WriteTools } from '../shared/gab/write/write-bundle.ts';

const codec = nodeCodec({ createHash, zlib });

/** What writing and reading bundles needs of Node. */
export const bundleTools: WriteTools = { codec, encoder: nodeEncoder(zlib) };

/** How the commands read a bundle: strictly, under its own name. */
export function readOptions(filePath: string): InspectOptions {
  return { fileName: basename(filePath), policy: 'strict', codec };
}

/** Opens a file for as long as `use` runs. Rejects if it cannot be opened or read. */
export async function withFile<Value>(filePath: string, use: (source: ByteSource) => Promise<Value>): Promise<Value> {
  const handle = await open(filePath, 'r');
  try {
    const stats = await handle.stat();
    // A folder opens on Linux and only fails when it is read; the same answer for both.
    if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', syscall: 'read' });
    return await use(fileHandleSource(handle, stats.size));
  } finally {
    await handle.close();
  }
}

/** Opens several files at once, sources in the order of the paths. */
export async function withFiles<Value>(
  filePaths: readonly string[],
  use: (sources: readonly ByteSource[]) => Promise<Value>,
): Promise<Value> {
  const handles: FileHandle[] = [];
  try {
    const sources: ByteSource[] = [];
    for (const filePath of filePaths) {
      const handle = await open(filePath, 'r');
      handles.push(handle);
      sources.push(fileHandleSource(handle, (await handle.stat()).size));
    }
    return await use(sources);
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

/** Checks one file on disk. Rejects if it cannot be opened or read. */
export function inspectFile(filePath: string, policy: GabPolicy): Promise<GabReport> {
  return withFile(filePath, (source) => inspectBundle(source, { ...readOptions(filePath), policy }));
}
