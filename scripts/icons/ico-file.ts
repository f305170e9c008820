/** An image of an icon: square, 8 bits each of red, green, blue and alpha, rows from the top. */
export interface IconImage {
  readonly side: number;
  readonly rgba: Uint8Array;
  readonly png: Uint8Array;
}

const DIRECTORY_BYTES = 6;
const ENTRY_BYTES = 16;
const BITMAP_HEADER_BYTES = 40;
/** Larger images are stored as PNG. Not the smaller ones: some tools read them only as bitmaps. */
const LARGEST_BITMAP = 128;

/**
 * Returns a Windows icon file (ICO) with the given images, at most 256 pixels wide.
 */
export function icoFile(images: readonly IconImage[]): Buffer {
  const contents = images.map((image) => (image.side > LARGEST_BITMAP ? Buffer.from(image.png) : bitmapOf(image)));
  const directory = Buffer.alloc(DIRECTORY_BYTES);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(images.length, 4);
  let offset = DIRECTORY_BYTES + ENTRY_BYTES * images.length;
  const entries = images.map(({ side }, index) => {
    const sizeBytes = contents[index]?.length ?? 0;
    const entry = entryOf({ side, sizeBytes, offset });
    offset += sizeBytes;
    return entry;
  });
  return Buffer.concat([directory, ...entries, ...contents]);
}

function entryOf({ side, sizeBytes, offset }: { side: number; sizeBytes: number; offset: number }): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES);
  // 256 is written as 0.
  entry.writeUInt8(side % 256, 0);
  entry.writeUInt8(side % 256, 1);
  entry.writeUInt16LE(1, 4);
  entry.writeUInt16LE(32, 6);
  entry.writeUInt32LE(sizeBytes, 8);
  entry.writeUInt32LE(offset, 12);
  return entry;
}

/** A bitmap without a file header: rows from the bottom, then a mask, which alpha makes superfluous. */
function bitmapOf({ side, rgba }: IconImage): Buffer {
  const header = Buffer.alloc(BITMAP_HEADER_BYTES);
  header.writeUInt32LE(BITMAP_HEADER_BYTES, 0);
  header.writeInt32LE(side, 4);
  // The height counts the mask, too.
  header.writeInt32LE(side * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(side * side * 4);
  for (let row = 0; row < side; row += 1) {
    const from = Buffer.from(rgba.buffer, rgba.byteOffset + row * side * 4, side * 4);
    from.copy(pixels, (side - 1 - row) * side * 4);
  }
  swapRedAndBlue(pixels);
  const maskRowBytes = Math.ceil(side / 32) * 4;
  return Buffer.concat([header, pixels, Buffer.alloc(maskRowBytes * side)]);
}

function swapRedAndBlue(pixels: Buffer): void {
  for (let at = 0; at < pixels.length; at += 4) pixels.writeUInt32LE(bgraOf(pixels.readUInt32LE(at)), at);
}

function bgraOf(rgba: number): number {
  return ((rgba & 0xff00ff00) | ((rgba & 0xff) << 16) | ((rgba >>> 16) & 0xff)) >>> 0;
}

/** Returns the images of a Windows icon file, as they are stored. */
export function icoImages(ico: Buffer): readonly { readonly side: number; readonly content: Buffer }[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = DIRECTORY_BYTES + index * ENTRY_BYTES;
    const offset = ico.readUInt32LE(at + 12);
    return { side: ico.readUInt8(at) || 256, content: ico.subarray(offset, offset + ico.readUInt32LE(at + 8)) };
  });
}
