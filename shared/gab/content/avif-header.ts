import { latin1 } from '../sniff.ts';

// AVIF (aomediacodec.github.io/av1-avif) is a file of boxes (ISO/IEC 14496-12): four bytes of
// length, four of type, then the content. The size is in `ispe` boxes in meta / iprp / ipco.
const BOX_HEADER_BYTES = 8;
/** `meta` and `ispe` begin with a version and flags. */
const FULL_BOX_BYTES = 4;
/** A picture, and a sequence of pictures. */
const BRANDS = /^(?:avif|avis)$/;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether bytes begin like an AVIF picture: its size may come much later. */
export function startsLikeAvif(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(4, 8)) === 'ftyp' && BRANDS.test(latin1(bytes.subarray(8, 12)));
}

/**
 * Reads the size of an AVIF picture in pixels; `null` if the bytes do not begin with such a header.
 * A picture of several tiles is listed next to them, so the largest size is the picture's.
 */
export function readAvifSize(bytes: Uint8Array): Size | null {
  if (!startsLikeAvif(bytes)) return null;
  const meta = childOf(bytes, 'meta')?.subarray(FULL_BOX_BYTES);
  const properties = meta && childOf(meta, 'iprp');
  const list = properties && childOf(properties, 'ipco');
  const sizes = [...boxes(list ?? new Uint8Array())].flatMap(({ type, content }) => readSize(type, content) ?? []);
  return sizes.toSorted((left, right) => right.width * right.height - left.width * left.height)[0] ?? null;
}

function readSize(type: string, content: Uint8Array): Size | null {
  if (type !== 'ispe' || content.byteLength < FULL_BOX_BYTES + 8) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return { width: view.getUint32(FULL_BOX_BYTES), height: view.getUint32(FULL_BOX_BYTES + 4) };
}

function childOf(bytes: Uint8Array, wanted: string): Uint8Array | undefined {
  for (const { type, content } of boxes(bytes)) if (type === wanted) return content;
  return undefined;
}

interface Box {
  readonly type: string;
  readonly content: Uint8Array;
}

function* boxes(bytes: Uint8Array): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + BOX_HEADER_BYTES <= bytes.byteLength) {
    const length = view.getUint32(at);
    // 0 and 1 stand for "to the end" and "longer than 4 GiB", which the boxes of a header never use.
    if (length < BOX_HEADER_BYTES || at + length > bytes.byteLength) return;
    yield {
      type: latin1(bytes.subarray(at + 4, at + BOX_HEADER_BYTES)),
      content: bytes.subarray(at + BOX_HEADER_BYTES, at + length),
    };
    at += length;
  }
}
