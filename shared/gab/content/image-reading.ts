export interface ImageHeader {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Contains EXIF or XMP: camera, place, editing history. */
  readonly hasMetadata: boolean;
}

/** `signature`: another file type. `unreadable`: the right type, but without a size. */
export type ImageReading =
  | { readonly header: ImageHeader; readonly fault: null }
  | { readonly header: null; readonly fault: 'signature' | 'unreadable' };

export const NOT_THIS_FORMAT: ImageReading = { header: null, fault: 'signature' };
export const UNREADABLE: ImageReading = { header: null, fault: 'unreadable' };

export function readable(header: ImageHeader): ImageReading {
  return header.width > 0 && header.height > 0 ? { header, fault: null } : UNREADABLE;
}
