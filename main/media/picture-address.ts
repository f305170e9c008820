import { uuidSchema, type VersionUuid, versionUuidSchema } from '../../shared/domain/ids.ts';

/** A picture's relative address, the same in both shells. The hash in it makes a stale picture impossible. */
export function thumbnailAddress(versionUuid: VersionUuid, pictureHash: string | null): string | null {
  return pictureHash === null ? null : `media/thumbnails/${versionUuid}?v=${pictureHash}`;
}

/** Pictures of staged files. The hash is that of the file, which changes with its thumbnail. */
export function stagedPictureAddress(stageId: string, sha256: string | null): string {
  return `media/staged/${stageId}${sha256 === null ? '' : `?v=${sha256.slice(0, 16)}`}`;
}

export type PictureAddress =
  | { readonly kind: 'thumbnail'; readonly versionUuid: VersionUuid; readonly version: string | null }
  | { readonly kind: 'staged'; readonly stageId: string };

/** Parses an address from the renderer; returns null if it is invalid. */
export function parsePictureAddress(path: string): PictureAddress | null {
  const [address = '', query = ''] = path.split('?', 2);
  const [media, group, id, ...rest] = address.split('/');
  if (media !== 'media' || rest.length > 0) return null;
  if (group === 'thumbnails') {
    const versionUuid = versionUuidSchema.safeParse(id).data;
    return versionUuid === undefined
      ? null
      : { kind: 'thumbnail', versionUuid, version: new URLSearchParams(query).get('v') };
  }
  const stageId = uuidSchema.safeParse(id).data;
  return group === 'staged' && stageId !== undefined ? { kind: 'staged', stageId } : null;
}
