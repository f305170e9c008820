import { makeGlb, makePng } from './sample-assets.ts';

// Complete VRM files of both generations, small enough to change one value in a test: a face with
// five vowels, a figure, hair that swings, a constraint, toon materials and a first-person view.

/** JSON that a test changes at will. */
// biome-ignore lint/suspicious/noExplicitAny: tests write anything into it, as hostile files do
export type LooseJson = any;

const LIMBS = ['left', 'right'].flatMap((side) =>
  ['UpperLeg', 'LowerLeg', 'Foot', 'UpperArm', 'LowerArm', 'Hand'].map((part) => side + part),
);
/** Node of each bone: the face is node 0. */
export const VRM_BONES: ReadonlyMap<string, number> = new Map(
  ['hips', 'spine', 'head', ...LIMBS, 'leftEye', 'rightEye'].map((bone, index) => [bone, index + 1]),
);
const FACE = 0;
const HAIR = VRM_BONES.size + 1;
const HAIR_TIP = HAIR + 1;
const TWIST = HAIR + 2;
const VOWELS = ['aa', 'ih', 'ou', 'ee', 'oh'];
const FLOAT = 5126;

function nodeOf(bone: string): number {
  return VRM_BONES.get(bone) ?? -1;
}

function parentOf(bone: string): string {
  if (bone.endsWith('Eye')) return 'head';
  if (bone.endsWith('UpperLeg')) return 'hips';
  if (/UpperArm$|^head$/.test(bone)) return 'spine';
  if (bone === 'spine') return 'hips';
  return LIMBS[LIMBS.indexOf(bone) - 1] ?? '';
}

function makeNodes(): LooseJson[] {
  const bones = [...VRM_BONES.keys()].map((name) => {
    const children = [...VRM_BONES.keys()].filter((bone) => bone !== 'hips' && parentOf(bone) === name).map(nodeOf);
    if (name === 'head') children.push(HAIR);
    if (name === 'leftLowerArm') children.push(TWIST);
    return { name, translation: [0, 0.2, 0.01], ...(children.length > 0 && { children }) };
  });
  const hair = { name: 'Hair', children: [HAIR_TIP], translation: [0, 0.1, 0] };
  return [{ name: 'Face', mesh: 0 }, ...bones, hair, { name: 'HairTip', translation: [0, 0.1, 0] }, { name: 'Twist' }];
}

/** What a vowel adds to the triangle, the corners of its two parts, and a picture of one color. */
const offsets = Buffer.from(new Float32Array([0, 0, 0, 0, 0.1, 0, 0, 0.1, 0]).buffer);
const indices = Buffer.from(new Uint16Array([0, 1, 2, 0]).buffer);
const picture = makePng({ width: 2, height: 2 });
/** What follows the triangle of `makeGlb` in the binary chunk. */
const binary = Buffer.concat([offsets, indices, picture]);

function makeBase(): LooseJson {
  const targets = VOWELS.map(() => ({ POSITION: 1 }));
  const attributes = { POSITION: 0, TEXCOORD_0: 3 };
  return {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [FACE, nodeOf('hips')] }],
    nodes: makeNodes(),
    meshes: [
      {
        primitives: [
          { attributes, indices: 2, material: 0, targets },
          { attributes, indices: 2, material: 1, targets },
        ],
        extras: { targetNames: VOWELS.map((name) => `Vowel_${name}`) },
      },
    ],
    materials: [
      { name: 'Skin', pbrMetallicRoughness: { baseColorTexture: { index: 0 } } },
      { name: 'Hair', emissiveFactor: [0.1, 0.1, 0.1] },
    ],
    textures: [{ source: 0 }],
    images: [{ bufferView: 3, mimeType: 'image/png' }],
    accessors: [
      { bufferView: 0, componentType: FLOAT, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] },
      { bufferView: 1, componentType: FLOAT, count: 3, type: 'VEC3', min: [0, 0, 0], max: [0, 0.1, 0] },
      { bufferView: 2, componentType: 5123, count: 3, type: 'SCALAR' },
      // Zeros need no data.
      { componentType: FLOAT, count: 3, type: 'VEC2' },
    ],
    bufferViews: [
      { buffer: 0, byteLength: 36 },
      { buffer: 0, byteOffset: 36, byteLength: 36 },
      { buffer: 0, byteOffset: 72, byteLength: 8 },
      { buffer: 0, byteOffset: 80, byteLength: picture.byteLength },
    ],
  };
}

/** The JSON of a VRM 1.0 that uses every part of the format. */
export function makeVrm1Json(): LooseJson {
  const json = makeBase();
  json.extensionsUsed = ['VRMC_vrm', 'VRMC_materials_mtoon', 'VRMC_springBone', 'VRMC_node_constraint'];
  const rotation = { source: nodeOf('leftHand'), weight: 0.5 };
  json.nodes[TWIST].extensions = { VRMC_node_constraint: { specVersion: '1.0', constraint: { rotation } } };
  const shadeMultiplyTexture = { index: 0 };
  json.materials[0].extensions = { VRMC_materials_mtoon: { specVersion: '1.0', shadeMultiplyTexture } };
  json.extensions = { VRMC_vrm: makeVrm1Data(), VRMC_springBone: makeSprings() };
  return json;
}

function makeVrm1Data(): LooseJson {
  const humanBones = Object.fromEntries([...VRM_BONES].map(([bone, node]) => [bone, { node }]));
  const preset: LooseJson = Object.fromEntries(
    VOWELS.map((name, index) => [name, { morphTargetBinds: [{ node: FACE, index, weight: 1 }] }]),
  );
  preset.happy = { materialColorBinds: [{ material: 1, type: 'emissionColor', targetValue: [1, 0, 0, 1] }] };
  const custom = { blush: { textureTransformBinds: [{ material: 0, offset: [0.5, 0] }] } };
  return {
    specVersion: '1.0',
    meta: { name: 'Case', authors: ['Gabinet tests'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
    humanoid: { humanBones },
    expressions: { preset, custom },
    lookAt: { type: 'bone', offsetFromHeadBone: [0, 0.06, 0] },
    firstPerson: { meshAnnotations: [{ node: FACE, type: 'both' }] },
  };
}

function makeSprings(): LooseJson {
  const joints = [{ node: HAIR, hitRadius: 0.1 }, { node: HAIR_TIP }];
  return {
    specVersion: '1.0',
    colliders: [{ node: nodeOf('head'), shape: { sphere: { radius: 0.1 } } }],
    colliderGroups: [{ colliders: [0] }],
    springs: [{ joints, colliderGroups: [0], center: nodeOf('hips') }],
  };
}

/** The JSON of a VRM 0.x that uses every part of the format. */
export function makeVrm0Json(): LooseJson {
  const json = makeBase();
  json.extensionsUsed = ['VRM'];
  const blendShapeGroups: LooseJson[] = ['a', 'i', 'u', 'e', 'o'].map((presetName, index) => ({
    name: presetName.toUpperCase(),
    presetName,
    binds: [{ mesh: 0, index, weight: 100 }],
  }));
  const values = { materialName: 'Hair', propertyName: '_EmissionColor', targetValue: [1, 0, 0, 1] };
  blendShapeGroups.push({ name: 'Joy', presetName: 'joy', binds: [], materialValues: [values] });
  json.extensions = {
    VRM: {
      specVersion: '0.0',
      meta: { title: 'Case', author: 'Gabinet tests' },
      humanoid: { humanBones: [...VRM_BONES].map(([bone, node]) => ({ bone, node })) },
      blendShapeMaster: { blendShapeGroups },
      firstPerson: { lookAtTypeName: 'Bone', meshAnnotations: [{ mesh: 0, firstPersonFlag: 'Both' }] },
      secondaryAnimation: {
        colliderGroups: [{ node: nodeOf('head'), colliders: [{ offset: { x: 0, y: 0, z: 0 }, radius: 0.1 }] }],
        boneGroups: [{ bones: [HAIR], center: -1, stiffiness: 1, colliderGroups: [0] }],
      },
      materialProperties: [
        {
          name: 'Skin',
          shader: 'VRM/MToon',
          textureProperties: { _MainTex: 0 },
          vectorProperties: { _Color: [1, 1, 1, 1] },
        },
        { name: 'Hair', shader: 'VRM_USE_GLTFSHADER' },
      ],
    },
  };
  return json;
}

/** A VRMA: turns the head, opens the mouth and looks around. */
export function makeVrmaJson(): LooseJson {
  const nodes = [
    { name: 'hips', translation: [0, 1, 0], children: [1] },
    { name: 'head', translation: [0, 0.5, 0] },
    { name: 'aa' },
    { name: 'looks' },
  ];
  const channel = (sampler: number, node: number, path: string) => ({ sampler, target: { node, path } });
  return {
    asset: { version: '2.0' },
    extensionsUsed: ['VRMC_vrm_animation'],
    scene: 0,
    scenes: [{ nodes: [0, 2, 3] }],
    nodes,
    // None: the triangle of `makeGlb` isn't used.
    meshes: undefined,
    animations: [
      {
        name: 'Greet',
        samplers: [
          { input: 0, output: 1 },
          { input: 0, output: 2 },
        ],
        channels: [
          channel(1, 1, 'rotation'),
          channel(0, 0, 'translation'),
          channel(0, 2, 'translation'),
          channel(1, 3, 'rotation'),
        ],
      },
    ],
    accessors: [
      { bufferView: 0, componentType: FLOAT, count: 2, type: 'SCALAR', min: [0], max: [1] },
      { bufferView: 1, componentType: FLOAT, count: 2, type: 'VEC3' },
      { bufferView: 2, componentType: FLOAT, count: 2, type: 'VEC4' },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 36, byteLength: 8 },
      { buffer: 0, byteOffset: 44, byteLength: 24 },
      { buffer: 0, byteOffset: 68, byteLength: 32 },
    ],
    extensions: {
      VRMC_vrm_animation: {
        specVersion: '1.0',
        humanoid: { humanBones: { hips: { node: 0 }, head: { node: 1 } } },
        expressions: { preset: { aa: { node: 2 } } },
        lookAt: { node: 3 },
      },
    },
  };
}

/** A VRM of this JSON, with the vertices and the picture that it describes. */
export function packVrm(json: LooseJson): Buffer {
  return makeGlb({ json, binary });
}

/** A VRMA of this JSON, with the movement that it describes. */
export function packVrma(json: LooseJson): Buffer {
  const half = Math.SQRT1_2;
  const movement = [0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, half, half];
  return makeGlb({ json, binary: Buffer.from(new Float32Array(movement).buffer) });
}
