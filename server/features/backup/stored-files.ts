import type { Client } from 'pg';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { bundleKey, thumbnailKey } from '../../blobs/blob-keys.ts';
import type { FileOfRow } from './manifest.ts';

export interface VersionFiles {
  readonly uuid: VersionUuid;
  readonly file_size: number;
  readonly sha256: string;
  readonly thumbnail_size: number | null;
  readonly thumbnail_sha256: string | null;
}

/** The files that rows name, as the rows describe them: one or two for each version. */
export async function readStoredFiles(
  client: Pick<Client, 'query'>,
): Promise<{ readonly versions: number; readonly files: readonly FileOfRow[] }> {
  const { rows } = await client.query<VersionFiles>(
    'select uuid, file_size, sha256, thumbnail_size, thumbnail_sha256 from public.avatars order by id',
  );
  return { versions: rows.length, files: rows.flatMap(filesOf) };
}

export function filesOf({ uuid, file_size, sha256, thumbnail_size, thumbnail_sha256 }: VersionFiles): FileOfRow[] {
  const bundle = { key: bundleKey(uuid), sizeBytes: file_size, sha256 };
  if (thumbnail_size === null || thumbnail_sha256 === null) return [bundle];
  return [bundle, { key: thumbnailKey(uuid), sizeBytes: thumbnail_size, sha256: thumbnail_sha256 }];
}
