import type { ImageContentType } from '../files/image-type.ts';

export interface PictureResponse {
  readonly bytes: Uint8Array;
  readonly contentType: ImageContentType;
  /** True if the address contains the content's hash, so that the content may be cached forever. */
  readonly immutable: boolean;
}

/**
 * A bundle's bytes, at most `MAX_BUNDLE_BYTES`. The window reads them and passes them to the
 * preview frame.
 */
export interface BundleResponse {
  readonly bytes: Uint8Array;
  readonly contentType: 'application/octet-stream';
  readonly immutable: false;
}

export type MediaResponse = PictureResponse | BundleResponse;
