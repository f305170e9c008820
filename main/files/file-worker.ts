import { constants } from 'node:fs';
import { copyFile, type FileHandle, writeFile } from 'node:fs/promises';
import { chunkUpload, describeUpload } from '../../node/api-client/describe-upload.ts';
import { nodeCodec as codec } from '../../node/bundle-codec.ts';
import { digestOf, type FileDigest, HashedSource } from '../../node/hashed-source.ts';
import { withFile } from '../../node/open-file.ts';
import { removeFile } from '../../node/remove.ts';
import { retryRefused } from '../../node/retry-refused.ts';
import { syncFileSource } from '../../node/sync-file-source.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import { summarizeBundle } from '../../shared/gab/compare/summarize-bundle.ts';
import { readThumbnail } from '../../shared/gab/read-thumbnail.ts';
import { fail, ok } from '../../shared/lib/result.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { type ImageContentType, sniffImageType } from './image-type.ts';
import type {
  ChunkAnswer,
  ChunkTask,
  CopyAnswer,
  CopyTask,
  DescribeAnswer,
  InspectAnswer,
  InspectTask,
  MeasureTask,
  RewriteAnswer,
  RewriteTask,
} from './inspection.ts';
import { rewriteWithThumbnail } from './rewrite-thumbnail.ts';

// Runs in worker threads.

/** Reads one file completely: its hash, its findings, its picture. */
export async function inspect(task: InspectTask): Promise<InspectAnswer> {
  try {
    return await withFile(task.path, (file) => inspectFile(file, task));
  } catch (error) {
    return fail(failureOrThrow(error));
  }
}

/**
 * Copies a file durably, as a clone where the file system supports it, and returns size and hash of
 * the copy.
 */
export async function copy({ from, to }: CopyTask): Promise<CopyAnswer> {
  try {
    await retryRefused(() => copyFile(from, to, constants.COPYFILE_FICLONE), { codes: ['EBUSY'] });
    return await withFile(
      to,
      async (file) => {
        await file.sync();
        return ok(await digestFile(file));
      },
      'r+',
    );
  } catch (error) {
    await removeFile(to);
    return fail(failureOrThrow(error));
  }
}

/** Reads a whole file and returns its size and hash. */
export async function measure({ path }: MeasureTask): Promise<CopyAnswer> {
  try {
    return ok(await withFile(path, digestFile));
  } catch (error) {
    return fail(failureOrThrow(error));
  }
}

/** Returns what a file consists of. Entries whose hashes are in the manifest are not read. */
export async function describe({ path }: MeasureTask): Promise<DescribeAnswer> {
  try {
    return ok(await withFile(path, (file) => describeUpload(file, codec)));
  } catch (error) {
    return fail(failureOrThrow(error));
  }
}

/** Cuts parts of a file into chunks. */
export async function chunk({ path, ranges }: ChunkTask): Promise<ChunkAnswer> {
  try {
    return ok(await withFile(path, (file) => chunkUpload(file, ranges)));
  } catch (error) {
    return fail(failureOrThrow(error));
  }
}

/** Writes a copy of a bundle with another thumbnail. */
export async function rewriteThumbnail(task: RewriteTask): Promise<RewriteAnswer> {
  try {
    return await rewriteWithThumbnail(task, codec);
  } catch (error) {
    return fail(failureOrThrow(error));
  }
}

async function inspectFile(file: FileHandle, task: InspectTask): Promise<InspectAnswer> {
  // A named pipe or a device may be endless; a folder has no bytes.
  const stats = await file.stat();
  if (!stats.isFile()) return fail({ code: 'not_a_file' });
  const source = syncFileSource({ fd: file.fd, sizeBytes: stats.size });
  const hashed = new HashedSource(source);
  const options = { fileName: task.fileName, policy: task.policy, codec };
  const { report, summary } = await summarizeBundle(hashed, options);
  const { sizeBytes, sha256 } = await hashed.finish(MAX_BUNDLE_BYTES);
  const thumbnail = await readThumbnail(source, codec);
  const thumbnailType = thumbnail === null ? null : await keepPicture(thumbnail.bytes, task.thumbnailPath);
  return ok({ sizeBytes, sha256, report, summary, thumbnailType });
}

/** The thumbnail is kept only if its first bytes match its declared type. */
async function keepPicture(bytes: Uint8Array, path: string): Promise<ImageContentType | null> {
  const type = sniffImageType(bytes);
  if (type !== null) await writeFile(path, bytes, { mode: 0o600 });
  return type;
}

/**
 * A file that grows beyond the limit while it is read is refused for its size, so the rest need not
 * be read.
 */
async function digestFile(file: FileHandle): Promise<FileDigest> {
  const { size } = await file.stat();
  return digestOf(syncFileSource({ fd: file.fd, sizeBytes: size }), MAX_BUNDLE_BYTES);
}

function failureOrThrow(error: unknown) {
  const failure = fileFailure(error);
  if (failure === null) throw error;
  return failure;
}
