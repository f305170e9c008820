import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import zlib from 'node:zlib';
import { fileHandleSource } from '../shared/gab/file-handle-source.ts';
import { inspectBundle } from '../shared/gab/inspect-bundle.ts';
import { nodeCodec } from '../shared/gab/node-codec.ts';
import type { GabPolicy, GabReport } from '../shared/gab/report.ts';

const codec = nodeCodec({ createHash, zlib });

/** Checks one file on disk. Rejects if it cannot be opened or read. */
export async function inspectFile(filePath: string, policy: GabPolicy): Promise<GabReport> {
  const handle = await open(filePath, 'r');
  try {
    const { size } = await handle.stat();
    return await inspectBundle(fileHandleSource(handle, size), { fileName: basename(filePath), policy, codec });
  } finally {
    await handle.close();
  }
}
