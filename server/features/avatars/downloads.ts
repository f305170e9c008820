import type { DownloadPurpose } from '../../../shared/api/avatars.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { bundleKey, thumbnailKey } from '../../blobs/blob-keys.ts';
import type { ByteRange } from '../../blobs/blob-store.ts';
import type { ServiceContext } from '../../context.ts';
import { notFound, type ServiceResult } from '../../failures/service-failure.ts';
import { findReadable, type ReadRequest } from './find-readable.ts';
import { recordRead } from './record-read.ts';

/** A stored file that the caller may read: its facts, and its bytes on demand. */
export interface StoredFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  read(range?: ByteRange): ReturnType<ServiceContext['blobs']['read']>;
  /** Records in the audit trail that the caller gets the file, or a part of it. */
  recordRead(part: 'whole' | 'range'): Promise<void>;
}

/** A version's bundle under its original file name. Failures: `not_found`. */
export async function findBundle(
  context: ServiceContext,
  caller: Caller,
  request: ReadRequest & { readonly purpose: DownloadPurpose },
): ServiceResult<StoredFile> {
  const found = await findReadable(context.db, caller, request);
  if (!found.ok) return found;
  const { version, project } = found.value;
  const { uuid } = version;
  const place = { customerUuid: project.customerUuid, projectUuid: project.uuid, versionUuid: uuid };
  return ok({
    fileName: version.originalFilename,
    sizeBytes: version.fileSize,
    sha256: version.sha256,
    read: (range) => context.blobs.read(bundleKey(uuid), range),
    recordRead: (part) =>
      recordRead(context.db, {
        part,
        purpose: request.purpose,
        credential: caller.credential,
        actor: caller.email,
        place,
      }),
  });
}

/** A version's re-encoded thumbnail. Failures: `not_found`, also if the bundle has no thumbnail. */
export async function findThumbnail(
  context: ServiceContext,
  caller: Caller,
  request: ReadRequest,
): ServiceResult<Omit<StoredFile, 'recordRead'>> {
  const found = await findReadable(context.db, caller, request);
  if (!found.ok) return found;
  const { uuid, thumbnailSha256: sha256, thumbnailSize: sizeBytes } = found.value.version;
  if (sha256 === null || sizeBytes === null) return { ok: false, failure: notFound('picture') };
  const read = (range?: ByteRange) => context.blobs.read(thumbnailKey(uuid), range);
  return ok({ fileName: `${uuid}.webp`, sizeBytes, sha256, read });
}
