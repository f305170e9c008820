import { parseBundleAddress } from '../media/bundle-address.ts';
import type { Bundles } from '../media/bundles.ts';
import type { MediaResponse } from '../media/media-response.ts';
import { parsePictureAddress } from '../media/picture-address.ts';
import type { Pictures } from '../media/pictures.ts';
import type { Staging } from '../staging/staging.ts';

export interface MediaServices {
  readonly bundles: Bundles;
  readonly pictures: Pictures;
  readonly staging: Staging;
}

/**
 * Returns the picture or bundle at a relative address (`media/...`), or null if it is not on this
 * machine.
 */
export async function readMedia(services: MediaServices, path: string): Promise<MediaResponse | null> {
  const bundle = parseBundleAddress(path);
  if (bundle !== null) return services.bundles.read(bundle);
  const address = parsePictureAddress(path);
  if (address === null) return null;
  return address.kind === 'staged'
    ? services.staging.picture(address.stageId)
    : services.pictures.thumbnail(address.versionUuid, address.version);
}
