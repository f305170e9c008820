import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { MAX_THUMBNAIL_BYTES } from '../../shared/gab/limits.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { sniffImageType } from '../files/image-type.ts';
import type { FileInspection } from '../files/inspection.ts';
import type { StagedEntry } from './staged-entry.ts';

export interface ReplacementOptions {
  readonly fileWorkers: FileWorkers;
  readonly picturesDir: string;
  /** The folder of rewritten files, until they are sent or discarded. */
  readonly copiesDir: string;
  readonly policy: GabPolicy;
  readonly signal: AbortSignal;
}

/** Replaces a staged file: an inspected copy with the new thumbnail, owned by the application. */
export type Replacement = Pick<StagedEntry, 'file' | 'picturePath'> & { readonly inspection: FileInspection };

/** Writes the copy in a file worker and inspects it like a dropped file. Deletes it on failure. */
export async function replaceThumbnail(
  entry: StagedEntry,
  png: Uint8Array,
  options: ReplacementOptions,
): Promise<Result<Replacement, Failure>> {
  if (png.byteLength > MAX_THUMBNAIL_BYTES || sniffImageType(png) !== 'image/png')
    return fail({ code: 'thumbnail_unusable' });
  const id = randomUUID();
  const path = join(options.copiesDir, `${id}.gab`);
  const picturePath = join(options.picturesDir, id);
  const replacement = await writeAndCheck({ entry, png, path, picturePath }, options);
  if (replacement.ok) return replacement;
  await Promise.all([path, picturePath].map((left) => removeFile(left)));
  return replacement;
}

interface Replacing {
  readonly entry: StagedEntry;
  readonly png: Uint8Array;
  readonly path: string;
  readonly picturePath: string;
}

async function writeAndCheck(
  { entry, png, path, picturePath }: Replacing,
  { fileWorkers, policy, signal }: ReplacementOptions,
): Promise<Result<Replacement, Failure>> {
  const { fileName } = entry.file;
  const written = await fileWorkers.rewriteThumbnail({ from: entry.file.path ?? '', to: path, png });
  if (!written.ok) return written;
  const task = { path, fileName, policy, thumbnailPath: picturePath };
  const checked = await fileWorkers.inspect(task, signal);
  if (!checked.ok) return checked;
  const inspection = checked.value;
  const { verdict, issues } = inspection.report;
  if (verdict === 'invalid') return fail({ code: 'thumbnail_rejected', findingCodes: issues.map(({ code }) => code) });
  return ok({
    file: { path, fileName, sizeBytes: inspection.sizeBytes, isTemporary: true },
    picturePath,
    inspection,
  });
}
