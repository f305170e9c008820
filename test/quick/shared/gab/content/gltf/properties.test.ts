import { describe, expect, it } from 'vitest';
import { changedFindings, type ModelCase, modelFindings } from '../../../../../support/model-findings.ts';
import { makeRichJson, packRich } from '../../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const skin = (json: LooseJson) => json.skins[0];
const material = (json: LooseJson) => json.materials[0].pbrMetallicRoughness;

describe('what the loaders need is an error if it is missing or impossible', () => {
  const property = (reason: string, pointer: string) => `GAB_E_GLB_PROPERTY ${reason} ${pointer}`;
  it.each<ModelCase>([
    ['no primitives', (json) => delete json.meshes[0].primitives, property('missing', '/meshes/0')],
    ['no attributes', (json) => delete primitive(json).attributes, property('missing', '/meshes/0/primitives/0')],
    ['no joints', (json) => delete skin(json).joints, property('missing', '/skins/0')],
    [
      'no type of light',
      (json) => delete json.extensions.KHR_lights_punctual.lights[0].type,
      property('missing', '/extensions/KHR_lights_punctual/lights/0'),
    ],
    [
      'an unknown kind of number',
      (json) => (json.accessors[1].componentType = 5199),
      property('value', '/accessors/1/componentType'),
    ],
    ['an unknown type', (json) => (json.accessors[1].type = 'VEC7'), property('value', '/accessors/1/type')],
    ['an unknown way to draw', (json) => (primitive(json).mode = 9), property('value', '/meshes/0/primitives/0/mode')],
    ['a negative count', (json) => (json.accessors[1].count = -1), property('range', '/accessors/1/count')],
    ['a name that is a number', (json) => (json.nodes[1].name = 5), property('kind', '/nodes/1/name')],
    [
      'infinity',
      (json) => (json.nodes[2].translation = [0, Number.MAX_VALUE, '1']),
      property('kind', '/nodes/2/translation/2'),
    ],
    [
      'a color of three',
      (json) => (material(json).baseColorFactor = [1, 1, 1]),
      property('length', '/materials/0/pbrMetallicRoughness/baseColorFactor'),
    ],
    ['a list that is an object', (json) => (json.textures = {}), property('kind', '/textures')],
    ['an element that is a text', (json) => json.nodes.push('node'), property('kind', '/nodes/4')],
    [
      'an extension that is not declared',
      (json) => (json.materials[0].extensions = { KHR_materials_unlit: {} }),
      property('undeclared', '/materials/0/extensions/KHR_materials_unlit'),
    ],
  ])('%s', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(finding);
  });

  it('and numbers that JSON reads as infinity are not numbers', async () => {
    const json = makeRichJson();
    json.nodes[2].translation = ['INFINITY', 0, 0];
    const text = packRich(json).toString('latin1').replace('"INFINITY"', '1e999     ');
    expect(await modelFindings(Buffer.from(text, 'latin1'))).toEqual([property('kind', '/nodes/2/translation/0')]);
  });
});

describe('null is a warning where the loaders take it for a missing value', () => {
  const volume = (json: LooseJson) => {
    json.extensionsUsed.push('KHR_materials_volume');
    json.materials[0].extensions = { KHR_materials_volume: { attenuationDistance: null } };
  };
  it.each<ModelCase>([
    ['a name', (json) => (json.nodes[1].name = null), '/nodes/1/name'],
    ['the scene', (json) => (json.scene = null), '/scene'],
    ['children', (json) => (json.nodes[2].children = null), '/nodes/2/children'],
    ['the animations', (json) => (json.animations = null), '/animations'],
    ['a cutoff', (json) => (json.materials[0].alphaCutoff = null), '/materials/0/alphaCutoff'],
    ['a surface', (json) => (json.materials[0].pbrMetallicRoughness = null), '/materials/0/pbrMetallicRoughness'],
    ['an infinite distance', volume, '/materials/0/extensions/KHR_materials_volume/attenuationDistance'],
    ['a number of a range', (json) => (json.accessors[0].min = [null, 0, 0]), '/accessors/0/min/0'],
  ])('%s', async (_, change, pointer) => {
    const findings = await changedFindings(change);
    expect(findings).toContain(`GAB_W_GLB_DESCRIPTION null ${pointer}`);
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });

  it('and the extensions', async () => {
    const findings = await changedFindings((json) => {
      delete json.materials[0].pbrMetallicRoughness.baseColorTexture.extensions;
      json.extensionsUsed = null;
    });
    expect(findings).toContain('GAB_W_GLB_DESCRIPTION null /extensionsUsed');
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });

  it.each<ModelCase>([
    ['a texture', (json) => (json.materials[0].normalTexture = null), 'kind /materials/0/normalTexture'],
    ['a way to draw', (json) => (primitive(json).mode = null), 'value /meshes/0/primitives/0/mode'],
    ['a whole range', (json) => (json.accessors[0].min = null), 'kind /accessors/0/min'],
  ])('but an error in place of %s', async (_, change, finding) => {
    expect(await changedFindings(change)).toContain(`GAB_E_GLB_PROPERTY ${finding}`);
  });
});
