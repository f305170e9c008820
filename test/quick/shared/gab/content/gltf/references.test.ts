import { describe, expect, it } from 'vitest';
import { changedFindings, type ModelCase } from '../../../../../support/model-findings.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const skin = (json: LooseJson) => json.skins[0];
const material = (json: LooseJson) => json.materials[0].pbrMetallicRoughness;
const animation = (json: LooseJson) => json.animations[0];

describe('a reference to nothing is an error', () => {
  const reference = (pointer: string) => `GAB_E_GLB_REFERENCE reference ${pointer}`;
  it.each<ModelCase>([
    ['the scene', (json) => (json.scene = 1), reference('/scene')],
    ['a node of a scene', (json) => json.scenes[0].nodes.push(9), reference('/scenes/0/nodes/3')],
    ['a child', (json) => json.nodes[1].children.push(9), reference('/nodes/1/children/1')],
    ['a mesh', (json) => (json.nodes[0].mesh = 2), reference('/nodes/0/mesh')],
    ['a skin', (json) => (json.nodes[0].skin = 1), reference('/nodes/0/skin')],
    ['a camera', (json) => (json.nodes[2].camera = -1), reference('/nodes/2/camera')],
    ['a joint', (json) => (skin(json).joints[1] = 1.5), reference('/skins/0/joints/1')],
    ['matrices', (json) => (skin(json).inverseBindMatrices = 99), reference('/skins/0/inverseBindMatrices')],
    [
      'positions',
      (json) => (primitive(json).attributes.POSITION = '0'),
      reference('/meshes/0/primitives/0/attributes/POSITION'),
    ],
    ['indices', (json) => (primitive(json).indices = 99), reference('/meshes/0/primitives/0/indices')],
    ['a material', (json) => (primitive(json).material = 1), reference('/meshes/0/primitives/0/material')],
    [
      'a morph target',
      (json) => (primitive(json).targets[0].POSITION = 99),
      reference('/meshes/0/primitives/0/targets/0/POSITION'),
    ],
    [
      'a texture',
      (json) => (material(json).baseColorTexture.index = 1),
      reference('/materials/0/pbrMetallicRoughness/baseColorTexture/index'),
    ],
    ['a picture', (json) => (json.textures[0].source = 1), reference('/textures/0/source')],
    ['the data of a picture', (json) => (json.images[0].bufferView = 99), reference('/images/0/bufferView')],
    ['a view', (json) => (json.accessors[1].bufferView = 99), reference('/accessors/1/bufferView')],
    ['a buffer', (json) => (json.bufferViews[1].buffer = 1), reference('/bufferViews/1/buffer')],
    ['times', (json) => (animation(json).samplers[0].input = 99), reference('/animations/0/samplers/0/input')],
    ['keyframes', (json) => (animation(json).samplers[0].output = null), reference('/animations/0/samplers/0/output')],
    ['a sampler', (json) => (animation(json).channels[0].sampler = 2), reference('/animations/0/channels/0/sampler')],
    [
      'an animated node',
      (json) => (animation(json).channels[0].target.node = 9),
      reference('/animations/0/channels/0/target/node'),
    ],
    [
      'a light',
      (json) => (json.nodes[3].extensions.KHR_lights_punctual.light = 1),
      reference('/nodes/3/extensions/KHR_lights_punctual/light'),
    ],
    [
      'places of copies',
      (json) => (json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.TRANSLATION = 99),
      reference('/nodes/3/extensions/EXT_mesh_gpu_instancing/attributes/TRANSLATION'),
    ],
  ])('%s', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(finding);
  });

  it('unless the loaders do without it', async () => {
    const findings = await changedFindings((json) => {
      skin(json).skeleton = -1;
      json.textures[0].sampler = 7;
    });
    // The same reason twice is one finding.
    expect(findings).toEqual(['GAB_W_GLB_DESCRIPTION reference /skins/0/skeleton']);
  });
});
