import sharp from 'sharp';
import { packGlb } from './pack-glb.ts';

// Small models in the compressed forms that the runtime supports, made by code: the encoders of
// these formats are not packages of this project, and the simplest streams that their
// specifications allow can be written by hand. Each shows one square of one color, one meter wide
// and high, without light, so that a test can look at its pixels.

export type Rgb = readonly [number, number, number];

/** Two triangles, corner by corner: position, then texture place. */
const POSITIONS: readonly Rgb[] = [
  [-0.5, 0, 0],
  [0.5, 0, 0],
  [0.5, 1, 0],
  [-0.5, 0, 0],
  [0.5, 1, 0],
  [-0.5, 1, 0],
];
const TEXTURE_PLACES: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 1],
  [1, 0],
  [0, 1],
  [1, 0],
  [0, 0],
];
const FLOAT = 5126;

function floats(values: readonly (readonly number[])[]): Buffer {
  return Buffer.from(new Float32Array(values.flat()).buffer);
}

/** sRGB to the linear factors of a glTF material. */
function linear(color: Rgb): number[] {
  return color.map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
}

const SCENE = { scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }] };
const POSITION_RANGE = { min: [-0.5, 0, 0], max: [0.5, 1, 0] };

function plainMaterial(color: Rgb) {
  const pbrMetallicRoughness = { baseColorFactor: [...linear(color), 1] };
  return { pbrMetallicRoughness, extensions: { KHR_materials_unlit: {} } };
}

/** Not compressed: metal, which is the default material of glTF. */
export function metalModel(): Buffer {
  const binary = floats(POSITIONS);
  return packGlb(
    {
      ...SCENE,
      materials: [{ pbrMetallicRoughness: { metallicFactor: 1, roughnessFactor: 0.4 } }],
      accessors: [{ bufferView: 0, componentType: FLOAT, count: POSITIONS.length, type: 'VEC3', ...POSITION_RANGE }],
      bufferViews: [{ buffer: 0, byteLength: binary.byteLength }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
    },
    binary,
  );
}

/** KHR_draco_mesh_compression, in the sequential method with plain indices and values (Draco bitstream 2.2). */
export function dracoModel(color: Rgb): Buffer {
  const faces = POSITIONS.length / 3;
  const header = Buffer.concat([
    Buffer.from('DRACO', 'latin1'),
    // Version 2.2, a triangular mesh, sequential, no flags.
    Buffer.from([2, 2, 1, 0, 0, 0]),
    // Faces, points, indices as they are, one byte each.
    Buffer.from([faces, POSITIONS.length, 1, ...POSITIONS.keys()]),
    // One attributes decoder with one attribute: position, float32, three components, not normalized, id 0; values as they are.
    Buffer.from([1, 1, 0, 9, 3, 0, 0, 0]),
  ]);
  const stream = Buffer.concat([header, floats(POSITIONS)]);
  return packGlb(
    {
      ...SCENE,
      extensionsUsed: ['KHR_draco_mesh_compression', 'KHR_materials_unlit'],
      extensionsRequired: ['KHR_draco_mesh_compression'],
      materials: [plainMaterial(color)],
      accessors: [
        { componentType: FLOAT, count: POSITIONS.length, type: 'VEC3', ...POSITION_RANGE },
        { componentType: 5123, count: POSITIONS.length, type: 'SCALAR' },
      ],
      bufferViews: [{ buffer: 0, byteLength: stream.byteLength }],
      meshes: [
        {
          primitives: [
            {
              attributes: { POSITION: 0 },
              indices: 1,
              material: 0,
              extensions: { KHR_draco_mesh_compression: { bufferView: 0, attributes: { POSITION: 0 } } },
            },
          ],
        },
      ],
    },
    stream,
  );
}

/** The vertex codec of meshoptimizer, version 0: bytes of one column as differences, each group of sixteen in full. */
function encodeMeshopt(vertices: Buffer, count: number): Buffer {
  const stride = vertices.byteLength / count;
  const groups = Math.ceil(count / 16);
  const columns = Array.from({ length: stride }, (_, column) => {
    const bytes = Buffer.alloc(groups * 16);
    let previous = vertices[column] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const value = vertices[index * stride + column] ?? 0;
      const difference = ((value - previous) << 24) >> 24;
      bytes[index] = (difference << 1) ^ (difference >> 7);
      previous = value;
    }
    // Two bits a group: 3 is "sixteen whole bytes".
    return Buffer.concat([Buffer.alloc(Math.ceil(groups / 4), 0xff), bytes]);
  });
  // The first vertex is at the end, after zeros up to 32 bytes.
  const tail = Buffer.concat([Buffer.alloc(Math.max(0, 32 - stride)), vertices.subarray(0, stride)]);
  return Buffer.concat([Buffer.from([0xa0]), ...columns, tail]);
}

/** EXT_meshopt_compression of the positions. */
export function meshoptModel(color: Rgb): Buffer {
  const plain = floats(POSITIONS);
  const stream = encodeMeshopt(plain, POSITIONS.length);
  const compression = {
    buffer: 0,
    byteLength: stream.byteLength,
    byteStride: 12,
    count: POSITIONS.length,
    mode: 'ATTRIBUTES',
  };
  return packGlb(
    {
      ...SCENE,
      extensionsUsed: ['EXT_meshopt_compression', 'KHR_materials_unlit'],
      extensionsRequired: ['EXT_meshopt_compression'],
      materials: [plainMaterial(color)],
      accessors: [{ bufferView: 0, componentType: FLOAT, count: POSITIONS.length, type: 'VEC3', ...POSITION_RANGE }],
      buffers: [
        { byteLength: stream.byteLength },
        { byteLength: plain.byteLength, extensions: { EXT_meshopt_compression: { fallback: true } } },
      ],
      bufferViews: [
        {
          buffer: 1,
          byteLength: plain.byteLength,
          byteStride: 12,
          extensions: { EXT_meshopt_compression: compression },
        },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
    },
    stream,
  );
}

interface TexturedOptions {
  readonly mimeType: string;
  readonly image: Buffer;
  readonly extension: string;
}

/** A square whose texture is named by an extension, as KHR_texture_basisu and EXT_texture_webp do. */
function texturedModel({ mimeType, image, extension }: TexturedOptions): Buffer {
  const positions = floats(POSITIONS);
  const places = floats(TEXTURE_PLACES);
  const binary = Buffer.concat([positions, places, image]);
  const imageAt = positions.byteLength + places.byteLength;
  return packGlb(
    {
      ...SCENE,
      extensionsUsed: [extension, 'KHR_materials_unlit'],
      extensionsRequired: [extension],
      images: [{ bufferView: 2, mimeType }],
      textures: [{ extensions: { [extension]: { source: 0 } } }],
      materials: [
        { pbrMetallicRoughness: { baseColorTexture: { index: 0 } }, extensions: { KHR_materials_unlit: {} } },
      ],
      accessors: [
        { bufferView: 0, componentType: FLOAT, count: POSITIONS.length, type: 'VEC3', ...POSITION_RANGE },
        { bufferView: 1, componentType: FLOAT, count: POSITIONS.length, type: 'VEC2' },
      ],
      bufferViews: [
        { buffer: 0, byteLength: positions.byteLength },
        { buffer: 0, byteOffset: positions.byteLength, byteLength: places.byteLength },
        { buffer: 0, byteOffset: imageAt, byteLength: image.byteLength },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0, TEXCOORD_0: 1 }, material: 0 }] }],
    },
    binary,
  );
}

/** EXT_texture_webp. */
export async function webpModel([r, g, b]: Rgb): Promise<Buffer> {
  const create = { width: 16, height: 16, channels: 3 as const, background: { r, g, b } };
  const image = await sharp({ create }).webp({ lossless: true }).toBuffer();
  return texturedModel({ mimeType: 'image/webp', image, extension: 'EXT_texture_webp' });
}

/** EXT_texture_avif. */
export async function avifModel([r, g, b]: Rgb): Promise<Buffer> {
  const create = { width: 16, height: 16, channels: 3 as const, background: { r, g, b } };
  const image = await sharp({ create }).avif({ lossless: true }).toBuffer();
  return texturedModel({ mimeType: 'image/avif', image, extension: 'EXT_texture_avif' });
}

/** KHR_texture_basisu. */
export function ktx2Model(color: Rgb): Buffer {
  return texturedModel({ mimeType: 'image/ktx2', image: ktx2Image(color), extension: 'KHR_texture_basisu' });
}

/** One block of UASTC of one color: mode 8 (its code is 0x17 in five bits), then four channels of eight bits. */
function uastcBlock([red, green, blue]: Rgb): Buffer {
  const bits = 0x17n | (BigInt(red) << 5n) | (BigInt(green) << 13n) | (BigInt(blue) << 21n) | (255n << 29n);
  const block = Buffer.alloc(16);
  block.writeBigUInt64LE(bits, 0);
  return block;
}

/** KTX 2.0 with UASTC in sRGB, 4 by 4 pixels, one level. */
function ktx2Image(color: Rgb): Buffer {
  const descriptor = Buffer.alloc(44);
  descriptor.writeUInt32LE(44, 0);
  // Basic descriptor block, version 2, 40 bytes.
  descriptor.writeUInt16LE(2, 8);
  descriptor.writeUInt16LE(40, 10);
  // Color model UASTC, BT.709 primaries, sRGB transfer, straight alpha; blocks of 4 by 4 in 16 bytes.
  descriptor.set([166, 1, 2, 0, 3, 3, 0, 0, 16], 12);
  // One sample of 128 bits, from 0 to the largest value.
  descriptor.set([0, 0, 127, 0], 28);
  descriptor.writeUInt32LE(0xffffffff, 40);
  const head = Buffer.alloc(80);
  head.set(Buffer.from('\xabKTX 20\xbb\r\n\x1a\n', 'latin1'), 0);
  // Format undefined, type size 1, 4 by 4 by 0, no layers, one face, one level, no supercompression.
  [0, 1, 4, 4, 0, 0, 1, 1, 0].forEach((value, index) => void head.writeUInt32LE(value, 12 + index * 4));
  const levelIndex = Buffer.alloc(24);
  const block = uastcBlock(color);
  const descriptorAt = head.byteLength + levelIndex.byteLength;
  head.writeUInt32LE(descriptorAt, 48);
  head.writeUInt32LE(descriptor.byteLength, 52);
  const padding = Buffer.alloc((16 - ((descriptorAt + descriptor.byteLength) % 16)) % 16);
  levelIndex.writeBigUInt64LE(BigInt(descriptorAt + descriptor.byteLength + padding.byteLength), 0);
  levelIndex.writeBigUInt64LE(BigInt(block.byteLength), 8);
  levelIndex.writeBigUInt64LE(BigInt(block.byteLength), 16);
  return Buffer.concat([head, levelIndex, descriptor, padding, block]);
}
