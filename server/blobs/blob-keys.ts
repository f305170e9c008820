import { type VersionUuid, versionUuidSchema } from '../../shared/domain/ids.ts';

/** Keys become paths: two plain segments that cannot leave the folder. */
export const BLOB_KEY_FORM = /^[a-z0-9-]+\/[a-z0-9-]+(?:\.[a-z0-9]+)?$/;

/** The key of a stored bundle; its file is `DATA_DIR/uploads/avatars/{uuid}.gab`. */
export const bundleKey = (versionUuid: VersionUuid): string => `avatars/${versionUuid}.gab`;
export const thumbnailKey = (versionUuid: VersionUuid): string => `thumbnails/${versionUuid}.webp`;

export const BLOB_FOLDERS = ['avatars', 'thumbnails'] as const;

/** Both files of one version. */
export const blobKeysOf = (versionUuid: VersionUuid): readonly string[] => [
  bundleKey(versionUuid),
  thumbnailKey(versionUuid),
];

/** The version that a stored file belongs to; null for a name that the server never creates. */
export function versionUuidOfKey(key: string): VersionUuid | null {
  const uuid = /^(?:avatars|thumbnails)\/([0-9a-f-]{36})\.(?:gab|webp)$/.exec(key)?.[1];
  return versionUuidSchema.safeParse(uuid).data ?? null;
}

/** How long blobs that no row names are kept, in days, unless the settings say otherwise. */
export const DEFAULT_QUARANTINE_DAYS = 30;
