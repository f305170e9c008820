import type { ImageContentType } from '../files/image-type.ts';

export interface PictureResponse {
  readonly bytes: Uint8Array;
  readonly contentType: ImageContentType;
  /** True where the address names the content (a hash), so that it may be cached forever. */
  readonly immutable: boolean;
}

/** A bundle's bytes, at most `MAX_BUNDLE_BYTES`: read by the window and passed on to the preview's frame. */
export interface BundleResponse {
  readonly bytes: Uint8Array;
  readonly contentType: 'application/octet-stream';
  readonly immutable: false;
}

export type MediaResponse = PictureResponse | BundleResponse;
