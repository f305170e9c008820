import { boolean, choice, index, integer, listOf, mapOf, number, object, type Shape, text } from './property.ts';
import { otherSource } from './texture-shapes.ts';

// glTF 2.0, sections 5.1 to 5.28: meshes, and the data that they are made of.

const attributes = mapOf(index('accessors'), { required: 'error' });

const draco: Shape = {
  properties: {
    bufferView: index('bufferViews', { required: 'error' }),
    // IDs inside the compressed data.
    attributes: mapOf(integer(), { required: 'error' }),
  },
};

const variants: Shape = {
  properties: {
    mappings: listOf(
      object({
        properties: {
          material: index('materials', { required: 'warning', gravity: 'warning' }),
          variants: listOf(integer(), { required: 'warning', gravity: 'warning' }),
        },
      }),
      { required: 'warning', gravity: 'warning' },
    ),
  },
};

const POINTS_TO_TRIANGLE_FAN = [0, 1, 2, 3, 4, 5, 6];

const primitive: Shape = {
  properties: {
    attributes,
    indices: index('accessors'),
    material: index('materials'),
    mode: choice(POINTS_TO_TRIANGLE_FAN),
    targets: listOf(mapOf(index('accessors'))),
  },
  extensions: { KHR_draco_mesh_compression: draco, KHR_materials_variants: variants },
};

export const mesh: Shape = {
  properties: {
    name: text('error'),
    primitives: listOf(object(primitive), { required: 'error' }),
    weights: listOf(number()),
  },
};

/** Bytes of one component by its GL type. */
export const componentBytes: ReadonlyMap<number, number> = new Map([
  [5120, 1],
  [5121, 1],
  [5122, 2],
  [5123, 2],
  [5125, 4],
  [5126, 4],
]);

/** Components of one element by its type. */
export const typeComponents: ReadonlyMap<string, number> = new Map([
  ['SCALAR', 1],
  ['VEC2', 2],
  ['VEC3', 3],
  ['VEC4', 4],
  ['MAT2', 4],
  ['MAT3', 9],
  ['MAT4', 16],
]);

/** The loaders only take the size of a mesh from them, and fail if they are null. */
const bounds = listOf(number({ gravity: 'warning' }), {
  lengths: [1, 2, 3, 4, 9, 16],
  gravity: 'warning',
  null: 'error',
});

export const accessor: Shape = {
  properties: {
    name: text('warning'),
    bufferView: index('bufferViews'),
    byteOffset: integer(),
    componentType: choice([...componentBytes.keys()], { required: 'error' }),
    count: integer({ required: 'error', min: 1, range: 'warning' }),
    max: bounds,
    min: bounds,
    normalized: boolean(),
    sparse: object({
      properties: {
        count: integer({ required: 'error' }),
        indices: object(
          {
            properties: {
              bufferView: index('bufferViews', { required: 'error' }),
              byteOffset: integer(),
              componentType: choice([5121, 5123, 5125], { required: 'error' }),
            },
          },
          { required: 'error' },
        ),
        values: object(
          { properties: { bufferView: index('bufferViews', { required: 'error' }), byteOffset: integer() } },
          { required: 'error' },
        ),
      },
    }),
    type: choice([...typeComponents.keys()], { required: 'error' }),
  },
};

const meshopt: Shape = {
  properties: {
    buffer: index('buffers', { required: 'error' }),
    byteOffset: integer(),
    byteLength: integer({ required: 'error' }),
    // With a larger one, the decoder fails and cannot be used for the next model.
    byteStride: integer({ required: 'error', min: 1, max: 256 }),
    count: integer({ required: 'error' }),
    mode: choice(['ATTRIBUTES', 'TRIANGLES', 'INDICES'], { required: 'error' }),
    filter: choice(['NONE', 'OCTAHEDRAL', 'QUATERNION', 'EXPONENTIAL', 'COLOR']),
  },
};

export const bufferView: Shape = {
  properties: {
    name: text('warning'),
    buffer: index('buffers', { required: 'error' }),
    byteLength: integer({ required: 'error', min: 1, range: 'warning' }),
    byteOffset: integer(),
    byteStride: integer(),
    target: choice([34_962, 34_963], { gravity: 'warning' }),
  },
  extensions: { EXT_meshopt_compression: meshopt, KHR_meshopt_compression: meshopt },
};

const fallback: Shape = { properties: { fallback: boolean() } };

export const buffer: Shape = {
  properties: {
    name: text('warning'),
    byteLength: integer({ required: 'error', min: 1, range: 'warning' }),
    uri: text('error'),
  },
  extensions: { EXT_meshopt_compression: fallback, KHR_meshopt_compression: fallback },
};

export const image: Shape = {
  properties: {
    name: text('warning'),
    bufferView: index('bufferViews'),
    mimeType: text('warning'),
    uri: text('error'),
  },
};

export const sampler: Shape = {
  properties: {
    name: text('warning'),
    magFilter: choice([9728, 9729], { gravity: 'warning' }),
    minFilter: choice([9728, 9729, 9984, 9985, 9986, 9987], { gravity: 'warning' }),
    wrapS: choice([10_497, 33_071, 33_648], { gravity: 'warning' }),
    wrapT: choice([10_497, 33_071, 33_648], { gravity: 'warning' }),
  },
};

export const texture: Shape = {
  properties: {
    name: text('warning'),
    // Without a sampler of that index, the loaders use the default one.
    sampler: index('samplers', { gravity: 'warning' }),
    source: index('images'),
  },
  extensions: { KHR_texture_basisu: otherSource, EXT_texture_webp: otherSource, EXT_texture_avif: otherSource },
};
