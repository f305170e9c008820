import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import zlib from 'node:zlib';
import { nodeCodec } from '../../../node/bundle-codec.ts';
import { syncFileSource } from '../../../node/sync-file-source.ts';
import { summarizeBundle } from '../../../shared/gab/compare/summarize-bundle.ts';
import { readThumbnail } from '../../../shared/gab/read-thumbnail.ts';
import type { GabReport } from '../../../shared/gab/report.ts';
import type { Inspection, InspectionTask } from './bundle-inspector.ts';

const codec = nodeCodec({ createHash, zlib });

/** Runs in a worker thread: one task, one bundle. */
export async function inspect(task: InspectionTask): Promise<Inspection> {
  const handle = await open(task.path, 'r');
  try {
    const source = syncFileSource({ readSync }, { fd: handle.fd, sizeBytes: task.sizeBytes });
    const options = { fileName: task.originalName, policy: task.policy, codec };
    const { report, summary } = await summarizeBundle(source, options);
    const isBundle = report.container === 'gab' && report.verdict !== 'invalid';
    const thumbnail = isBundle ? await readThumbnail(source, codec) : null;
    const summaryJson = summary && JSON.stringify(summary);
    return { ...findings(report), thumbnail: thumbnail?.bytes ?? null, summaryJson };
  } finally {
    await handle.close();
  }
}

type Findings = Omit<Inspection, 'thumbnail' | 'summaryJson'>;

function findings({ container, verdict, activatable, issues, manifest }: GabReport): Findings {
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
