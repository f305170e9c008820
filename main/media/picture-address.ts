import { uuidSchema, type VersionUuid, versionUuidSchema } from '../../shared/domain/ids.ts';

/** A picture's relative address, the same in both shells. The hash in it makes a stale picture impossible. */
export function thumbnailAddress(versionUuid: VersionUuid, pictureHash: string | null): string | null {
  return pictureHash === null ? null : `media/thumbnails/${versionUuid}?v=${pictureHash}`;
}

/** Pictures of files that wait in the upload sheet. The hash is the file's: with another thumbnail it is another file. */
export function stagedPictureAddress(stageId: string, sha256: string | null): string {
  return `media/staged/${stageId}${sha256 === null ? '' : `?v=${sha256.slice(0, 16)}`}`;
}

export type PictureAddress =
  | { readonly kind: 'thumbnail'; readonly versionUuid: VersionUuid; readonly version: string | null }
  | { readonly kind: 'staged'; readonly stageId: string };

/** Reads an address that came from the renderer; null for anything that is none. */
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
