import type { VersionUuid } from '../../shared/domain/ids.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { ByteRange } from '../blobs/blob-store.ts';
import { bundleKey, thumbnailKey } from './blob-keys.ts';
import type { Caller } from './caller.ts';
import { recordAudit } from './change-log.ts';
import type { ServiceContext } from './context.ts';
import { findAvatar } from './find-permitted.ts';
import { type ApiFailure, notFound } from './service-failure.ts';

export type { ByteRange };

/** A stored file that the caller may read: facts first, bytes on demand. */
export interface StoredFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  read(range?: ByteRange): ReturnType<ServiceContext['blobs']['read']>;
  /** Writes the download into the audit trail. */
  recordDownload(): Promise<void>;
}

/** A bundle under its original name, also from the trash. Failures: `not_found`. */
export async function findBundle(
  context: ServiceContext,
  caller: Caller,
  uuid: VersionUuid,
): Promise<Result<StoredFile, ApiFailure>> {
  const found = await findAvatar(context.db, { caller, action: 'read', uuid });
  if (!found.ok) return found;
  const { avatar, project } = found.value;
  const place = { customerUuid: project.customerUuid, projectUuid: project.uuid, versionUuid: uuid };
  return ok({
    fileName: avatar.originalFilename,
    sizeBytes: avatar.fileSize,
    sha256: avatar.sha256,
    read: (range) => context.blobs.read(bundleKey(uuid), range),
    recordDownload: () =>
      context.db.transaction((tx) => recordAudit(tx, [{ action: 'avatar.downloaded', actor: caller.email, ...place }])),
  });
}

/** The re-encoded picture. Failures: `not_found`, also where the bundle has no picture. */
export async function findThumbnail(
  context: ServiceContext,
  caller: Caller,
  uuid: VersionUuid,
): Promise<Result<Omit<StoredFile, 'recordDownload'>, ApiFailure>> {
  const found = await findAvatar(context.db, { caller, action: 'read', uuid });
  if (!found.ok) return found;
  const { thumbnailSha256: sha256, thumbnailSize: sizeBytes } = found.value.avatar;
  if (sha256 === null || sizeBytes === null) return { ok: false, failure: notFound('picture') };
  const read = (range?: ByteRange) => context.blobs.read(thumbnailKey(uuid), range);
  return ok({ fileName: `${uuid}.webp`, sizeBytes, sha256, read });
}
