import { packGlb } from './pack-glb.ts';
import { makePng } from './sample-assets.ts';
import type { LooseJson } from './vrm-json.ts';

// A model that uses every part of glTF which the check of models reads, small enough to change one
// value in a test: a skinned and textured square with a morph target, replaced values and two clips.

const FLOAT = 5126;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_BYTE = 5121;

const floats = (...values: readonly number[]) => Buffer.from(new Float32Array(values).buffer);
const shorts = (...values: readonly number[]) => Buffer.from(new Uint16Array(values).buffer);
const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** The parts of the binary chunk in order, each one view. */
export const richParts = {
  positions: floats(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0),
  normals: floats(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
  places: floats(0, 0, 1, 0, 1, 1, 0, 1),
  joints: Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]),
  weights: floats(1, 0, 0, 0, 0.5, 0.5, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0),
  indices: shorts(0, 1, 2, 0, 2, 3),
  offsets: floats(0, 0, 0, 0, 0.1, 0, 0, 0.1, 0, 0, 0, 0),
  matrices: floats(...IDENTITY, ...IDENTITY),
  times: floats(0, 0.5, 1),
  turns: floats(0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1),
  shapes: floats(0, 1, 0),
  replacedAt: Buffer.from([1, 3, 0, 0]),
  replacements: floats(0, 0.2, 0, 0, 0.3, 0),
  picture: makePng({ width: 4, height: 4 }),
} as const;

const names = Object.keys(richParts) as (keyof typeof richParts)[];

/** The index of the view, and of the accessor if there is one, of a part. */
export function partIndex(name: keyof typeof richParts): number {
  return names.indexOf(name);
}

function makeViews(): LooseJson[] {
  let byteOffset = 0;
  return names.map((name) => {
    const view = { buffer: 0, byteOffset, byteLength: richParts[name].byteLength };
    byteOffset += richParts[name].byteLength;
    return view;
  });
}

/** In the order of the parts; the last three parts have none. */
function makeAccessors(): LooseJson[] {
  const of = (name: keyof typeof richParts, type: string, count: number, more: object = {}) => ({
    bufferView: partIndex(name),
    componentType: FLOAT,
    type,
    count,
    ...more,
  });
  return [
    of('positions', 'VEC3', 4, { min: [0, 0, 0], max: [1, 1, 0] }),
    of('normals', 'VEC3', 4),
    of('places', 'VEC2', 4),
    of('joints', 'VEC4', 4, { componentType: UNSIGNED_BYTE }),
    of('weights', 'VEC4', 4),
    of('indices', 'SCALAR', 6, { componentType: UNSIGNED_SHORT }),
    of('offsets', 'VEC3', 4, {
      min: [0, 0, 0],
      max: [0, 0.3, 0],
      sparse: {
        count: 2,
        indices: { bufferView: partIndex('replacedAt'), componentType: UNSIGNED_BYTE },
        values: { bufferView: partIndex('replacements') },
      },
    }),
    of('matrices', 'MAT4', 2),
    of('times', 'SCALAR', 3, { min: [0], max: [1] }),
    of('turns', 'VEC4', 3),
    of('shapes', 'SCALAR', 3),
  ];
}

/** A new copy for each call. */
export function makeRichJson(): LooseJson {
  const attributes = { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2, JOINTS_0: 3, WEIGHTS_0: 4 };
  const texture = { index: 0, extensions: { KHR_texture_transform: { scale: [2, 2] } } };
  return {
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_texture_transform', 'KHR_lights_punctual', 'EXT_mesh_gpu_instancing'],
    extensions: { KHR_lights_punctual: { lights: [{ type: 'spot', spot: {} }] } },
    scene: 0,
    scenes: [{ nodes: [0, 1, 3] }],
    nodes: [
      { name: 'Body', mesh: 0, skin: 0, weights: [0] },
      { name: 'Hips', children: [2] },
      { name: 'Head', rotation: [0, 0, 0, 1], camera: 0 },
      {
        name: 'Lamp',
        mesh: 1,
        extensions: {
          KHR_lights_punctual: { light: 0 },
          EXT_mesh_gpu_instancing: { attributes: { TRANSLATION: 0 } },
        },
      },
    ],
    meshes: [
      { primitives: [{ attributes, indices: 5, material: 0, targets: [{ POSITION: 6 }] }], weights: [0] },
      { primitives: [{ attributes: { POSITION: 0 } }] },
    ],
    skins: [{ joints: [1, 2], skeleton: 1, inverseBindMatrices: 7 }],
    cameras: [{ type: 'perspective', perspective: { yfov: 1, znear: 0.1, zfar: 10 } }],
    materials: [{ name: 'Skin', pbrMetallicRoughness: { baseColorFactor: [1, 1, 1, 1], baseColorTexture: texture } }],
    textures: [{ source: 0, sampler: 0 }],
    samplers: [{ magFilter: 9729, wrapS: 10_497 }],
    images: [{ bufferView: partIndex('picture'), mimeType: 'image/png' }],
    animations: [
      {
        name: 'Nod',
        samplers: [
          { input: 8, output: 9 },
          { input: 8, output: 10, interpolation: 'STEP' },
        ],
        channels: [
          { sampler: 0, target: { node: 2, path: 'rotation' } },
          { sampler: 1, target: { node: 0, path: 'weights' } },
        ],
      },
    ],
    accessors: makeAccessors(),
    bufferViews: makeViews(),
  };
}

/** `parts` replaces parts of the binary chunk by others of the same length. */
export function packRich(json: LooseJson, parts: Partial<Record<keyof typeof richParts, Buffer>> = {}): Buffer {
  return packGlb(json, Buffer.concat(names.map((name) => parts[name] ?? richParts[name])));
}
