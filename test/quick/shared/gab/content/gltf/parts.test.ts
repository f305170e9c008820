import { describe, expect, it } from 'vitest';
import { changedFindings, type ModelCase } from '../../../../../support/model-findings.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const zeros = { componentType: 5126, type: 'VEC3' };
const addAttribute = (json: LooseJson, name: string, more: object) =>
  Object.assign(primitive(json).attributes, { [name]: json.accessors.push({ ...zeros, ...more }) - 1 });
const skin = (json: LooseJson) => json.skins[0];
const material = (json: LooseJson) => json.materials[0].pbrMetallicRoughness;
const animation = (json: LooseJson) => json.animations[0];

describe('parts fit together', () => {
  const mismatch = (reason: string, pointer: string) => `GAB_E_GLB_MISMATCH ${reason} ${pointer}`;
  const attribute = (name: string) => `/meshes/0/primitives/0/attributes/${name}`;
  it.each<ModelCase>([
    ['fewer normals than vertices', (json) => (json.accessors[1].count = 3), mismatch('counts', attribute('NORMAL'))],
    [
      'positions of two numbers',
      (json) => (primitive(json).attributes.POSITION = 2),
      mismatch('attribute-type', attribute('POSITION')),
    ],
    [
      'whole numbers that WebGL refuses',
      (json) => (json.accessors[3] = { componentType: 5125, type: 'VEC4', count: 4 }),
      mismatch('attribute-integer', attribute('JOINTS_0')),
    ],
    [
      'indices that are floats',
      (json) => (primitive(json).indices = 8),
      mismatch('index-type', '/meshes/0/primitives/0/indices'),
    ],
    [
      'a morph target of fewer vertices',
      (json) => (json.accessors[6] = { componentType: 5126, type: 'VEC3', count: 3 }),
      mismatch('target-counts', '/meshes/0/primitives/0/targets/0/POSITION'),
    ],
    ['too few matrices', (json) => (json.accessors[7].count = 1), mismatch('matrices', '/skins/0/inverseBindMatrices')],
    [
      'matrices of four numbers',
      (json) => (skin(json).inverseBindMatrices = 4),
      mismatch('matrix-type', '/skins/0/inverseBindMatrices'),
    ],
    [
      'times of two numbers',
      (json) => (animation(json).samplers[0].input = 2),
      mismatch('time-type', '/animations/0/samplers/0/input'),
    ],
    [
      'too few keyframes',
      (json) => (json.accessors[9].count = 2),
      mismatch('keyframes', '/animations/0/channels/0/sampler'),
    ],
    [
      'keyframes of a spline',
      (json) => (animation(json).samplers[0].interpolation = 'CUBICSPLINE'),
      mismatch('keyframes', '/animations/0/channels/0/sampler'),
    ],
    [
      'turns by three numbers',
      (json) => (animation(json).samplers[0].output = 0),
      mismatch('value-type', '/animations/0/channels/0/sampler'),
    ],
    ['weights for no morph targets', (json) => (json.nodes[3].weights = [1]), mismatch('weights', '/nodes/3/weights')],
  ])('%s is an error', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(finding);
  });

  it.each<ModelCase>([
    [
      'more normals than vertices',
      (json) => (json.meshes[1].primitives[0].attributes.NORMAL = json.accessors.push({ ...zeros, count: 5 }) - 1),
      'counts /meshes/1/primitives/0/attributes/NORMAL',
    ],
    [
      'an attribute that glTF does not define',
      (json) => (primitive(json).attributes.Color = 1),
      `attribute-name ${attribute('Color')}`,
    ],
    [
      'a place in a texture with three numbers, as assimp writes it,',
      (json) => (primitive(json).attributes.TEXCOORD_0 = 1),
      `attribute-type ${attribute('TEXCOORD_0')}`,
    ],
    [
      'a tangent of a morph target with a fourth number',
      (json) => (primitive(json).targets[0].TANGENT = 4),
      'attribute-type /meshes/0/primitives/0/targets/0/TANGENT',
    ],
    [
      'a whole number in an attribute that is not drawn',
      (json) => addAttribute(json, '_ID', { componentType: 5125, count: 4 }),
      `attribute-integer ${attribute('_ID')}`,
    ],
    [
      'too few values of an attribute that is not drawn',
      (json) => addAttribute(json, '_HEAT', { count: 3 }),
      `counts ${attribute('_HEAT')}`,
    ],
    [
      'a transform of a texture that is not declared',
      (json) => json.extensionsUsed.shift(),
      'undeclared /materials/0/pbrMetallicRoughness/baseColorTexture/extensions/KHR_texture_transform',
    ],
    [
      'a color with a fourth number',
      (json) => (json.materials[0].emissiveFactor = [0, 0, 0, 1]),
      'length /materials/0/emissiveFactor',
    ],
    ['an empty range', (json) => (json.accessors[1].min = json.accessors[1].max = []), 'length /accessors/1/max'],
    [
      'a texture without places',
      (json) => delete primitive(json).attributes.TEXCOORD_0,
      'texture-places /meshes/0/primitives/0/material',
    ],
    ['a rotation of another length', (json) => (json.nodes[2].rotation = [0, 0, 0, 0.5]), 'rotation /nodes/2/rotation'],
    [
      'the same target twice',
      (json) => animation(json).channels.push(animation(json).channels[0]),
      'same-target /animations/0/channels/2/target',
    ],
    [
      'an extension in a wrong place',
      (json) => (json.samplers[0].extensions = { KHR_texture_transform: {} }),
      'extension-place /samplers/0/extensions/KHR_texture_transform',
    ],
    [
      'a value out of range',
      (json) => (material(json).metallicFactor = 2),
      'range /materials/0/pbrMetallicRoughness/metallicFactor',
    ],
  ])('%s is a warning', async (_, change, finding) => {
    const findings = await changedFindings(change);
    expect(findings).toContain(`GAB_W_GLB_DESCRIPTION ${finding}`);
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });
});
