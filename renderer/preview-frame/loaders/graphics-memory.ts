import { readAvifSize } from '../../../shared/gab/content/avif-header.ts';
import { type ImageFormat, imageFormats, readImageHeader } from '../../../shared/gab/content/image-header.ts';
import { asObject, countAt, listAt, objectAt, textAt, type Untyped } from '../../../shared/gab/content/untyped.ts';
import { PreviewFailure } from '../failure.ts';
import { MAX_DRAWN_TRIANGLES, MAX_GRAPHICS_BYTES } from '../limits.ts';
import type { GlbParts } from './glb-json.ts';

/** Red, green, blue, alpha. */
const BYTES_PER_PIXEL = 4;
/** All mipmaps of a texture together add a third. */
const MIPMAP_SHARE = 1.33;
/** three stores morphs in a texture with four floats per vertex, target and attribute. */
const MORPH_TEXEL_BYTES = 16;

const COMPONENT_BYTES: ReadonlyMap<number, number> = new Map([
  [5120, 1],
  [5121, 1],
  [5122, 2],
  [5123, 2],
  [5125, 4],
  [5126, 4],
]);
const COMPONENTS: ReadonlyMap<string, number> = new Map([
  ['SCALAR', 1],
  ['VEC2', 2],
  ['VEC3', 3],
  ['VEC4', 4],
  ['MAT4', 16],
]);

/** Bytes of graphics memory for a picture of this size in pixels. */
export function textureBytes(width: number, height: number): number {
  return width * height * BYTES_PER_PIXEL * MIPMAP_SHARE;
}

/** Throws if a preview would exceed the limits. */
export function refuseTooMuch(memoryBytes: number, triangles: number): void {
  if (memoryBytes > MAX_GRAPHICS_BYTES)
    throw new PreviewFailure('too-much-memory', `about ${Math.round(memoryBytes / 1e6)} MB of graphics memory`);
  if (triangles > MAX_DRAWN_TRIANGLES) throw new PreviewFailure('too-much-memory', `${triangles} triangles`);
}

/**
 * Bytes of graphics memory, estimated from the declarations in the file before anything is decoded.
 */
export function estimateModelBytes({ json, binary }: GlbParts): number {
  const images = listAt(json, 'images').reduce((sum: number, image) => sum + imageBytes(image, json, binary), 0);
  return images + geometryBytes(json);
}

function geometryBytes(json: Untyped): number {
  const accessors = listAt(json, 'accessors');
  const counted = new Set<number>();
  let bytes = 0;
  const countOnce = (index: number | undefined) => {
    if (index === undefined || counted.has(index)) return;
    counted.add(index);
    bytes += accessorBytes(accessors[index]);
  };
  for (const primitive of listAt(json, 'meshes').flatMap((mesh) => listAt(mesh, 'primitives'))) {
    const attributes = objectAt(primitive, 'attributes');
    countOnce(countAt(primitive, 'indices'));
    for (const name of Object.keys(attributes)) countOnce(countAt(attributes, name));
    bytes += morphBytes(primitive, accessors);
  }
  return bytes;
}

function accessorBytes(accessor: unknown): number {
  const size = COMPONENT_BYTES.get(countAt(accessor, 'componentType') ?? 0) ?? 4;
  return (countAt(accessor, 'count') ?? 0) * (COMPONENTS.get(textAt(accessor, 'type') ?? '') ?? 4) * size;
}

function morphBytes(primitive: unknown, accessors: readonly unknown[]): number {
  const targets = listAt(primitive, 'targets');
  const position = countAt(objectAt(primitive, 'attributes'), 'POSITION');
  const vertices = position === undefined ? 0 : (countAt(accessors[position], 'count') ?? 0);
  const attributes = Object.keys(asObject(targets[0])).length;
  return vertices * targets.length * attributes * MORPH_TEXEL_BYTES;
}

function imageBytes(image: unknown, json: Untyped, binary: Uint8Array): number {
  const size = readSize(contentOf(image, json, binary));
  // The browser might be able to decode it, but a picture that cannot be measured is not drawn.
  if (!size) throw new PreviewFailure('unsupported', 'a picture of the model has an unknown format');
  return textureBytes(size.width, size.height);
}

function contentOf(image: unknown, json: Untyped, binary: Uint8Array): Uint8Array {
  const viewIndex = countAt(image, 'bufferView');
  if (viewIndex === undefined) return decodeDataUri(textAt(image, 'uri') ?? '');
  const view = listAt(json, 'bufferViews')[viewIndex];
  const buffer = listAt(json, 'buffers')[countAt(view, 'buffer') ?? 0];
  const uri = textAt(buffer, 'uri');
  const from = countAt(view, 'byteOffset') ?? 0;
  const holder = uri === undefined ? binary : decodeDataUri(uri);
  return holder.subarray(from, from + (countAt(view, 'byteLength') ?? 0));
}

function decodeDataUri(uri: string): Uint8Array {
  const comma = uri.indexOf(',');
  if (comma < 0 || !/^data:[^,]*;base64$/i.test(uri.slice(0, comma))) return new Uint8Array();
  try {
    return Uint8Array.from(atob(uri.slice(comma + 1)), (character) => character.charCodeAt(0));
  } catch {
    // Not base64. The caller refuses an empty picture.
    return new Uint8Array();
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function readSize(bytes: Uint8Array): Size | null {
  return readKtx2Size(bytes) ?? readPlainSize(bytes) ?? readAvifSize(bytes);
}

function readPlainSize(bytes: Uint8Array): Size | null {
  const read = (format: ImageFormat) => readImageHeader(bytes, format).header;
  return imageFormats.map(read).find((header) => header !== null) ?? null;
}

/** KTX 2.0, section 3: the identifier is «KTX 20», width and height are at offsets 20 and 24. */
function readKtx2Size(bytes: Uint8Array): Size | null {
  if (bytes.byteLength < 28 || bytes[0] !== 0xab || bytes[1] !== 0x4b || bytes[5] !== 0x32) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(20, true), height: Math.max(1, view.getUint32(24, true)) };
}
