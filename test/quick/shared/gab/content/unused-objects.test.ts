import { describe, expect, it } from 'vitest';
import { modelFindings } from '../../../../support/model-findings.ts';
import { makeRichJson, packRich, partIndex } from '../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../support/vrm-json.ts';

// The loaders load only what a scene, an animation, a camera or a skeleton needs.

const findingsOf = (json: LooseJson) => modelFindings(packRich(json));

const FLOATS = { componentType: 5126, type: 'VEC3', count: 1 };
const add = (list: LooseJson[], item: LooseJson) => list.push(item) - 1;
const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const addMesh = (json: LooseJson, part: object = {}) =>
  add(json.meshes, { primitives: [{ attributes: { POSITION: 0 }, ...part }] });
const setScale = (json: LooseJson, accessor: number) =>
  (json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.SCALE = accessor);

/** Adds a fault that nothing uses, and returns what uses it. */
type Fault = (json: LooseJson) => (used: LooseJson) => unknown;

const faults: readonly (readonly [what: string, place: string, fault: Fault])[] = [
  [
    'a picture of an unknown format',
    '/images/1',
    (json) => {
      const image = add(json.images, { bufferView: partIndex('positions'), mimeType: 'image/vnd-ms.dds' });
      return (used) => (used.textures[0].source = image);
    },
  ],
  [
    'a picture without content',
    '/images/1',
    (json) => {
      const source = add(json.images, {});
      const texture = add(json.textures, { source });
      return (used) => (used.materials[0].pbrMetallicRoughness.baseColorTexture.index = texture);
    },
  ],
  [
    'a texture with a missing picture',
    '/textures/1/extensions/EXT_texture_webp/source',
    (json) => {
      json.extensionsUsed.push('EXT_texture_webp');
      const index = add(json.textures, { source: 0, extensions: { EXT_texture_webp: { source: 9 } } });
      return (used) => (used.materials[0].emissiveTexture = { index });
    },
  ],
  [
    'values beyond their view',
    '/accessors/11',
    (json) => {
      const accessor = add(json.accessors, { ...FLOATS, bufferView: 0, count: 99 });
      return (used) => setScale(used, accessor);
    },
  ],
  [
    'more zeros than memory',
    '/accessors/11',
    (json) => {
      const POSITION = add(json.accessors, { ...FLOATS, count: Number.MAX_SAFE_INTEGER });
      const mesh = addMesh(json, { attributes: { POSITION } });
      return (used) => (used.nodes[1].mesh = mesh);
    },
  ],
  [
    'a view beyond its buffer',
    `/bufferViews/${partIndex('picture') + 1}`,
    (json) => {
      const bufferView = add(json.bufferViews, { buffer: 0, byteLength: 1e6 });
      const accessor = add(json.accessors, { ...FLOATS, bufferView });
      return (used) => setScale(used, accessor);
    },
  ],
  [
    'a stride that WebGL refuses',
    `/bufferViews/${partIndex('picture') + 1}/byteStride`,
    (json) => {
      const bufferView = add(json.bufferViews, { buffer: 0, byteLength: 256, byteStride: 256 });
      const accessor = add(json.accessors, { ...FLOATS, bufferView });
      return (used) => setScale(used, accessor);
    },
  ],
  [
    'a material with a missing texture',
    '/materials/1/normalTexture/index',
    (json) => {
      const material = add(json.materials, { normalTexture: { index: 9 } });
      return (used) => (primitive(used).material = material);
    },
  ],
  [
    'a mesh with missing values',
    '/meshes/2/primitives/0/indices',
    (json) => {
      const mesh = addMesh(json, { indices: 99 });
      return (used) => (used.nodes[1].mesh = mesh);
    },
  ],
  [
    'a sampler without keyframes',
    '/animations/0/samplers/2/input',
    (json) => {
      const input = add(json.accessors, { componentType: 5126, type: 'SCALAR', count: 0, bufferView: 0 });
      const sampler = add(json.animations[0].samplers, { input, output: 9 });
      return (used) => (used.animations[0].channels[0].sampler = sampler);
    },
  ],
  [
    'a lamp of an unknown type',
    '/extensions/KHR_lights_punctual/lights/1/type',
    (json) => {
      const light = add(json.extensions.KHR_lights_punctual.lights, { type: 'sun' });
      return (used) => (used.nodes[3].extensions.KHR_lights_punctual.light = light);
    },
  ],
];

describe('a fault is an error if the loaders load it, and a warning otherwise', () => {
  it.each(faults)('%s', async (_, place, fault) => {
    const json = makeRichJson();
    const use = fault(json);
    const unused = await findingsOf(json);
    expect(unused.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
    use(json);
    const errors = (await findingsOf(json)).filter((one) => one.startsWith('GAB_E'));
    expect(errors.map((one) => one.split(' ').at(-1))).toContain(place);
  });

  const damagedSpareNode = () => {
    const json = makeRichJson();
    json.nodes.push({ mesh: addMesh(json, { indices: 99 }) });
    return json;
  };

  it('also in a node outside of every scene', async () => {
    const findings = await findingsOf(damagedSpareNode());
    expect(findings).toContain('GAB_W_GLB_DESCRIPTION unused-fault /meshes/2/primitives/0/indices');
  });

  it.each<[what: string, change: (json: LooseJson) => unknown]>([
    ['three-vrm loads all nodes', (json) => (json.extensions.VRMC_springBone = { specVersion: '1.0' })],
    ['without scenes, the preview shows all nodes', (json) => [delete json.scenes, delete json.scene]],
    ['an animation moves it', (json) => (json.animations[0].channels[0].target.node = 4)],
    ['it is a joint of a skeleton that is used', (json) => json.skins[0].joints.push(4)],
  ])('unless it is loaded: %s', async (_, change) => {
    const json = damagedSpareNode();
    change(json);
    expect(await findingsOf(json)).toContain('GAB_E_GLB_REFERENCE reference /meshes/2/primitives/0/indices');
  });

  it('and nodes may be inside each other to any depth', async () => {
    const json = makeRichJson();
    const first = json.nodes.length;
    for (let at = first; at < first + 50_000; at += 1) json.nodes.push({ children: [at + 1] });
    json.nodes.push({});
    json.nodes[0].children = [...(json.nodes[0].children ?? []), first];
    expect((await findingsOf(json)).filter((one) => one.startsWith('GAB_E_GLB_NODES depth'))).toHaveLength(1);
  });

  it('and three.js looks into every node, and marks the mesh of each that has a skeleton', async () => {
    const json = makeRichJson();
    json.nodes.push({ mesh: 99, skin: 0 }, null);
    const findings = await findingsOf(json);
    expect(findings).toContain('GAB_E_GLB_REFERENCE reference /nodes/4/mesh');
    expect(findings).toContain('GAB_E_GLB_PROPERTY kind /nodes/5');
  });

  it('and warnings about unused parts are one finding, with what is wrong there', async () => {
    const json = makeRichJson();
    addMesh(json, { indices: 99 });
    addMesh(json, { indices: 98 });
    expect(await findingsOf(json)).toContain('GAB_W_GLB_DESCRIPTION unused-fault /meshes/2/primitives/0/indices');
  });

  it('and a joint that does not exist is one in every skeleton: the loaders mark them all', async () => {
    const json = makeRichJson();
    json.skins.push({ joints: [9] });
    expect(await findingsOf(json)).toContain('GAB_E_GLB_REFERENCE reference /skins/1/joints/0');
  });

  it('and what an unused mesh needs does not hide a fault of one that is drawn', async () => {
    const json = makeRichJson();
    json.accessors[0].count = 3;
    const POSITION = add(json.accessors, { ...FLOATS, count: 2 });
    addMesh(json, { attributes: { POSITION }, indices: 5 });
    expect(await findingsOf(json)).toContain('GAB_E_GLB_DATA index /meshes/0/primitives/0/indices');
  });
});

it('the picture of an extension that the loaders ignore is not checked', async () => {
  const json = makeRichJson();
  const dds = add(json.images, { bufferView: partIndex('normals'), mimeType: 'image/vnd-ms.dds' });
  json.textures[0].extensions = { MSFT_texture_dds: { source: dds } };
  expect((await findingsOf(json)).filter((one) => one.startsWith('GAB_E'))).toEqual([]);
});
