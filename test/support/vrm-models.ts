import { packGlb, type Rgb } from './compressed-models.ts';

// The smallest VRM 1.0 whose face and skeleton move, and an animation for it, made by code: one flat square for a head, on the
// fifteen bones that every humanoid must have.

const BONES = [
  'hips',
  'spine',
  'head',
  ...['left', 'right'].flatMap((side) =>
    ['UpperLeg', 'LowerLeg', 'Foot', 'UpperArm', 'LowerArm', 'Hand'].map((part) => side + part),
  ),
];
const PARENTS: Readonly<Record<string, string>> = { spine: 'hips', head: 'spine' };
const FLOAT = 5126;
const HALF_SIDE_METRES = 0.3;

/** Each limb hangs on the one before it, the first on the trunk. */
function parentOf(bone: string, index: number): string | undefined {
  if (bone === 'hips') return undefined;
  if (/Upper(?:Leg|Arm)$/.test(bone)) return bone.endsWith('Leg') ? 'hips' : 'spine';
  return PARENTS[bone] ?? BONES[index - 1];
}

function boneNodes(headExtras: Readonly<Record<string, unknown>> = {}) {
  return BONES.map((name, index) => {
    const children = BONES.flatMap((child, at) => (parentOf(child, at) === name ? [at] : []));
    const height = name === 'hips' ? 1 : 0.3;
    return {
      name,
      translation: [0, height, 0],
      ...(children.length > 0 && { children }),
      ...(index === BONES.indexOf('head') && headExtras),
    };
  });
}

const humanBones = Object.fromEntries(BONES.map((name, node) => [name, { node }]));

function floats(values: readonly number[]): Buffer {
  return Buffer.from(new Float32Array(values).buffer);
}

function square(): number[] {
  const side = HALF_SIDE_METRES;
  const corners = [
    [-side, 0],
    [side, 0],
    [side, 2 * side],
    [-side, 0],
    [side, 2 * side],
    [-side, 2 * side],
  ];
  return corners.flatMap(([x = 0, y = 0]) => [x, y, 0]);
}

/** A VRM whose expressions `aa` and `blink` push its face down to a line. */
export function makeVrm([red, green, blue]: Rgb): Buffer {
  const positions = floats(square());
  const offsets = floats(square().map((value, index) => (index % 3 === 1 ? -value * 0.9 : 0)));
  const binary = Buffer.concat([positions, offsets]);
  const accessor = { componentType: FLOAT, count: 6, type: 'VEC3' };
  const range = { min: [-HALF_SIDE_METRES, 0, 0], max: [HALF_SIDE_METRES, 2 * HALF_SIDE_METRES, 0] };
  const bind = { morphTargetBinds: [{ node: BONES.indexOf('head'), index: 0, weight: 1 }] };
  return packGlb(
    {
      extensionsUsed: ['VRMC_vrm', 'KHR_materials_unlit'],
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: boneNodes({ mesh: 0 }),
      meshes: [
        {
          primitives: [{ attributes: { POSITION: 0 }, targets: [{ POSITION: 1 }], material: 0 }],
          extras: { targetNames: ['Flat'] },
        },
      ],
      materials: [
        {
          doubleSided: true,
          pbrMetallicRoughness: { baseColorFactor: [red / 255, green / 255, blue / 255, 1] },
          extensions: { KHR_materials_unlit: {} },
        },
      ],
      accessors: [
        { ...accessor, bufferView: 0, ...range },
        { ...accessor, bufferView: 1, min: [0, -0.54, 0], max: [0, 0, 0] },
      ],
      bufferViews: [
        { buffer: 0, byteLength: positions.byteLength },
        { buffer: 0, byteOffset: positions.byteLength, byteLength: offsets.byteLength },
      ],
      extensions: {
        VRMC_vrm: {
          specVersion: '1.0',
          meta: {
            name: 'Square',
            authors: ['Gabinet tests'],
            licenseUrl: 'https://vrm.dev/licenses/1.0/',
          },
          humanoid: { humanBones },
          expressions: { preset: { aa: bind, blink: bind } },
        },
      },
    },
    binary,
  );
}

/** A VRMA that lays the head on its side within a second. */
export function makeVrma(): Buffer {
  const times = floats([0, 1]);
  const half = Math.SQRT1_2;
  const rotations = floats([0, 0, 0, 1, 0, 0, half, half]);
  const binary = Buffer.concat([times, rotations]);
  const channel = { sampler: 0, target: { node: BONES.indexOf('head'), path: 'rotation' } };
  return packGlb(
    {
      extensionsUsed: ['VRMC_vrm_animation'],
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: boneNodes(),
      animations: [{ name: 'Tilt', channels: [channel], samplers: [{ input: 0, output: 1 }] }],
      accessors: [
        { bufferView: 0, componentType: FLOAT, count: 2, type: 'SCALAR', min: [0], max: [1] },
        { bufferView: 1, componentType: FLOAT, count: 2, type: 'VEC4' },
      ],
      bufferViews: [
        { buffer: 0, byteLength: times.byteLength },
        { buffer: 0, byteOffset: times.byteLength, byteLength: rotations.byteLength },
      ],
      extensions: { VRMC_vrm_animation: { specVersion: '1.0', humanoid: { humanBones } } },
    },
    binary,
  );
}
