import { and, desc, eq } from 'drizzle-orm';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { bundleKey } from '../../blobs/blob-keys.ts';
import { ifBlobMissing } from '../../blobs/blob-store.ts';
import type { ServiceContext } from '../../context.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import type { CheckedUpload } from './commit-upload.ts';
import type { UploadedFile } from './receive-file.ts';

/**
 * Stores the bundle as another name of an equal one of the same customer, if there is one and the
 * blob store can do that; returns false otherwise. The stored bytes are read and compared first: a
 * file that has been damaged on the disk must not stand in for one that has just arrived whole.
 */
export async function putEqualBundle(
  context: ServiceContext,
  projectUuid: string,
  { versionUuid, upload }: CheckedUpload,
): Promise<boolean> {
  const equal = await findEqualBundle(context, projectUuid, upload.file);
  if (equal === null || !(await isUndamaged(context, equal, upload.file))) return false;
  return context.blobs.putSame(bundleKey(versionUuid), bundleKey(equal));
}

/** Never another customer's: neither the disk nor the time it takes may say what they have. */
async function findEqualBundle(
  { db }: ServiceContext,
  projectUuid: string,
  { sha256, sizeBytes }: UploadedFile,
): Promise<VersionUuid | null> {
  const owner = db.select({ id: projects.customerId }).from(projects).where(eq(projects.uuid, projectUuid));
  const [found] = await db
    .select({ uuid: avatars.uuid })
    .from(avatars)
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .where(and(eq(avatars.sha256, sha256), eq(avatars.fileSize, sizeBytes), eq(projects.customerId, owner)))
    .orderBy(desc(avatars.id))
    .limit(1);
  return found?.uuid ?? null;
}

async function isUndamaged(
  { blobs, fileWorkers }: ServiceContext,
  versionUuid: VersionUuid,
  { sha256 }: UploadedFile,
): Promise<boolean> {
  const measured = await blobs
    .withLocalFile(bundleKey(versionUuid), (path) => fileWorkers.measure({ path }))
    .catch(ifBlobMissing(null));
  return measured?.sha256 === sha256;
}
