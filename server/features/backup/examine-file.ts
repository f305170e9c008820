import { type BlobStore, ifBlobMissing } from '../../blobs/blob-store.ts';
import { digestOf } from './hash-stream.ts';
import type { FileOfRow } from './manifest.ts';

/** What is wrong with a stored file. Only a person can say whether the file or its row is. */
export type FileFault = { readonly key: string } & (
  | { readonly kind: 'missing'; readonly isInQuarantine: boolean }
  | { readonly kind: 'wrong-size'; readonly rowBytes: number; readonly foundBytes: number }
  | { readonly kind: 'wrong-bytes'; readonly rowSha256: string; readonly foundSha256: string }
  /** No row names it. */
  | { readonly kind: 'orphan'; readonly foundBytes: number }
);

/** Compares a stored file with its row. Null if they agree. */
export async function examineFile(blobs: BlobStore, row: FileOfRow): Promise<FileFault | null> {
  const { key } = row;
  const stream = await blobs.read(key).catch(ifBlobMissing(null));
  if (stream === null) return { kind: 'missing', key, isInQuarantine: false };
  const { sizeBytes: foundBytes, sha256: foundSha256 } = await digestOf(stream);
  if (foundBytes !== row.sizeBytes) return { kind: 'wrong-size', key, rowBytes: row.sizeBytes, foundBytes };
  return foundSha256 === row.sha256 ? null : { kind: 'wrong-bytes', key, rowSha256: row.sha256, foundSha256 };
}
