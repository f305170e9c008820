import { nodeCodec as codec } from '../../node/bundle-codec.ts';
import { withFile } from '../../node/open-file.ts';
import { syncFileSource } from '../../node/sync-file-source.ts';
import { summarizeBundle } from '../../shared/gab/compare/summarize-bundle.ts';
import { readThumbnail } from '../../shared/gab/read-thumbnail.ts';
import type { GabReport } from '../../shared/gab/report.ts';
import type { InspectionTask, UploadInspection } from './upload-inspection.ts';

/** Runs in a worker thread: one task, one bundle. */
export function inspect(task: InspectionTask): Promise<UploadInspection> {
  return withFile(task.path, async ({ fd }) => {
    const source = syncFileSource({ fd, sizeBytes: task.sizeBytes });
    const options = { fileName: task.originalName, policy: task.policy, codec };
    const { report, summary } = await summarizeBundle(source, options);
    const isBundle = report.container === 'gab' && report.verdict !== 'invalid';
    const thumbnail = isBundle ? await readThumbnail(source, codec) : null;
    const summaryJson = summary && JSON.stringify(summary);
    return { ...findings(report), thumbnail: thumbnail?.bytes ?? null, summaryJson };
  });
}

type Findings = Omit<UploadInspection, 'thumbnail' | 'summaryJson'>;

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
