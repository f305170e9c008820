import { chunkUpload, describeUpload } from '../../node/api-client/describe-upload.ts';
import type { UploadFiles } from '../../node/api-client/send-upload.ts';
import { nodeCodec } from '../../node/bundle-codec.ts';
import { digestOf, type FileDigest } from '../../node/hashed-source.ts';
import { withFile } from '../../node/open-file.ts';
import { syncFileSource } from '../../node/sync-file-source.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import { ok } from '../../shared/lib/result.ts';

/** Size and hash of a file. Rejects with the system's error. */
export function measureFile(path: string): Promise<FileDigest> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    return digestOf(syncFileSource({ fd: file.fd, sizeBytes: size }), MAX_BUNDLE_BYTES);
  });
}

/**
 * Reads files in this thread: a command has nothing else to do. Rejects with the system's errors.
 */
export const uploadFiles: UploadFiles = {
  describe: async ({ path }) => ok(await withFile(path, (file) => describeUpload(file, nodeCodec))),
  chunk: async ({ path, ranges }) => ok(await withFile(path, (file) => chunkUpload(file, ranges))),
  measure: async ({ path }) => ok(await measureFile(path)),
};
