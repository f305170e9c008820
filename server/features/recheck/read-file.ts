import { bundleKey } from '../../blobs/blob-keys.ts';
import { ifBlobMissing } from '../../blobs/blob-store.ts';
import type { ServiceContext } from '../../context.ts';
import type { UploadInspection } from '../../files/upload-inspection.ts';
import type { StoredVersion } from './apply-check.ts';

/**
 * Checks the stored file of a version in a file worker. Null if the file is missing, damaged or
 * cannot be read: then its bytes say nothing about the version, and `gabinet-server check` reports
 * it.
 */
export async function readFile(context: ServiceContext, version: StoredVersion): Promise<UploadInspection | null> {
  const { blobs, log } = context;
  try {
    return await blobs
      .withLocalFile(bundleKey(version.uuid), (path) => inspectUndamaged(context, version, path))
      .catch(ifBlobMissing(null));
  } catch (error) {
    log.error({ err: error, version: version.uuid }, 'could not check a stored version again');
    return null;
  }
}

/**
 * `lenient`, whatever the settings say: they decide what may be uploaded, and this file was.
 */
async function inspectUndamaged(
  { fileWorkers }: ServiceContext,
  { fileSize: sizeBytes, sha256, originalFilename: originalName }: StoredVersion,
  path: string,
): Promise<UploadInspection | null> {
  const measured = await fileWorkers.measure({ path });
  if (measured?.sha256 !== sha256) return null;
  return fileWorkers.inspect({ path, sizeBytes, originalName, policy: 'lenient' });
}
