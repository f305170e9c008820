import type { FileHandle } from 'node:fs/promises';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { nodeEncoder } from '../../node/bundle-encoder.ts';
import { fileHandleSource } from '../../node/file-handle-source.ts';
import { withFile } from '../../node/open-file.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { BundleReadError, openBundle } from '../../shared/gab/open-bundle.ts';
import { replaceThumbnail } from '../../shared/gab/write/replace-thumbnail.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { RewriteTask } from './inspection.ts';

/** Writes a copy of a valid bundle with another thumbnail. Does not change the original file. */
export function rewriteWithThumbnail(task: RewriteTask, codec: BundleCodec): Promise<Result<null, Failure>> {
  return withFile(task.from, (file) => rewriteOpened(file, task, codec));
}

async function rewriteOpened(file: FileHandle, task: RewriteTask, codec: BundleCodec): Promise<Result<null, Failure>> {
  try {
    const source = fileHandleSource(file, (await file.stat()).size);
    const opened = await openBundle(source, { fileName: 'staged.gab', policy: 'strict', codec });
    if (!opened.ok) return fail({ code: 'file_changed' });
    const tools = { codec, encoder: nodeEncoder };
    const written = await replaceThumbnail(opened.bundle, { bytes: task.png, format: 'png' }, tools);
    if (!written.ok) {
      const findingCodes = written.failure.findings.map(({ code }) => code);
      return fail({ code: 'thumbnail_rejected', findingCodes });
    }
    await writeFileAtomic(task.to, written.value.bytes);
    return ok(null);
  } catch (error) {
    if (error instanceof BundleReadError) return fail({ code: 'file_changed' });
    throw error;
  }
}
