import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import zlib from 'node:zlib';
import { fileHandleSource } from '../../../shared/gab/file-handle-source.ts';
import { inspectBundle } from '../../../shared/gab/inspect-bundle.ts';
import { nodeCodec } from '../../../shared/gab/node-codec.ts';
import { readThumbnail } from '../../../shared/gab/read-thumbnail.ts';
import type { GabReport } from '../../../shared/gab/report.ts';
import type { Inspection, InspectionTask } from './bundle-inspector.ts';

const codec = nodeCodec({ createHash, zlib });

/** Runs in a worker thread: one task, one bundle. */
async function inspectFile(task: InspectionTask): Promise<Inspection> {
  const handle = await open(task.path, 'r');
  try {
    const source = fileHandleSource(handle, task.sizeBytes);
    const report = await inspectBundle(source, { fileName: task.originalName, policy: task.policy, codec });
    const isBundle = report.container === 'gab' && report.verdict !== 'invalid';
    const thumbnail = isBundle ? await readThumbnail(source, codec) : null;
    return { ...summary(report), thumbnail: thumbnail?.bytes ?? null };
  } finally {
    await handle.close();
  }
}

function summary({ container, verdict, activatable, issues, manifest }: GabReport): Omit<Inspection, 'thumbnail'> {
  return {
    container,
    verdict,
    activatable,
    issues,
    manifest: manifest
      ? {
          id: manifest.id,
          name: manifest.name,
          description: manifest.description,
          tags: manifest.tags,
          bodyType: manifest.body.type,
        }
      : null,
  };
}

// biome-ignore lint/style/noDefaultExport: the worker pool calls a file's default export.
export default inspectFile;
