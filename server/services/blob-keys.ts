/** `uploads/avatars/{uuid}.gab`: the plan's name of a stored bundle. */
export const bundleKey = (avatarUuid: string): string => `avatars/${avatarUuid}.gab`;
export const thumbnailKey = (avatarUuid: string): string => `thumbnails/${avatarUuid}.webp`;

export const BLOB_FOLDERS = ['avatars', 'thumbnails'] as const;

/** Both files of one avatar version. */
export const blobKeysOf = (avatarUuid: string): readonly string[] => [bundleKey(avatarUuid), thumbnailKey(avatarUuid)];

/** The avatar that a stored file belongs to; null for a name that the server never makes. */
export function avatarUuidOfKey(key: string): string | null {
  return /^(?:avatars|thumbnails)\/([0-9a-f-]{36})\.(?:gab|webp)$/.exec(key)?.[1] ?? null;
}
