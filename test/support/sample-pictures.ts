// Headers of pictures that no decoder would draw but every header reader can read, for tests of header readers.

const latin1 = (text: string) => Buffer.from(text, 'latin1');

export type JpegSegment = readonly [marker: number, data: Buffer];

/** A JPEG of the given segments, up to the start of its scan. */
export function jpegOf(...segments: readonly JpegSegment[]): Buffer {
  const parts = segments.map(([marker, data]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.byteLength + 2, 2);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xda, 0, 2])]);
}

/** The frame segment of a JPEG: its size in pixels. */
export function jpegFrame(width: number, height: number): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 3]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return frame;
}

/** A WebP whose first chunk is `data`. */
export function webpOf(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.byteLength);
  return Buffer.concat([latin1('RIFF\0\0\0\0WEBP'), latin1(type), size, data, Buffer.alloc(20)]);
}

/** A lossy WebP of the given size in pixels. */
export function lossyWebp(width: number, height: number): Buffer {
  const data = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return webpOf('VP8 ', data);
}
