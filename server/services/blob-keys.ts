import { type VersionUuid, versionUuidSchema } from '../../shared/domain/ids.ts';

/** `uploads/avatars/{uuid}.gab`: the plan's name of a stored bundle. */
export const bundleKey = (versionUuid: VersionUuid): string => `avatars/${versionUuid}.gab`;
export const thumbnailKey = (versionUuid: VersionUuid): string => `thumbnails/${versionUuid}.webp`;

export const BLOB_FOLDERS = ['avatars', 'thumbnails'] as const;

/** Both files of one avatar version. */
export const blobKeysOf = (versionUuid: VersionUuid): readonly string[] => [
  bundleKey(versionUuid),
  thumbnailKey(versionUuid),
];

/** The avatar that a stored file belongs to; null for a name that the server never makes. */
export function versionUuidOfKey(key: string): VersionUuid | null {
  const uuid = /^(?:avatars|thumbnails)\/([0-9a-f-]{36})\.(?:gab|webp)$/.exec(key)?.[1];
  return versionUuidSchema.safeParse(uuid).data ?? null;
}
