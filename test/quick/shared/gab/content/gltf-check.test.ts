import { describe, expect, it } from 'vitest';
import { glbProbe } from '../../../../../shared/gab/content/glb-checks.ts';
import { testCodec } from '../../../../support/inspect-bytes.ts';
import { makeRichJson, packRich, partIndex, richParts } from '../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../support/vrm-json.ts';

type Change = (json: LooseJson) => unknown;
type Case = readonly [what: string, change: Change, finding: string];

/** Sizes of pieces that split values, views and the header of the file. */
const PIECES = [1, 7, 64, 100_000];

async function findingsOf(bytes: Buffer, pieceBytes = 7): Promise<string[]> {
  const probe = glbProbe({ kind: 'model', format: 'glb' });
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) probe.push(bytes.subarray(at, at + pieceBytes));
  const { findings } = await probe.finish(bytes.byteLength, testCodec);
  return findings.map(({ code, pointer, params }) => `${code} ${String(params?.reason)} ${pointer}`);
}

function changed(change: Change): Promise<string[]> {
  const json = makeRichJson();
  change(json);
  return findingsOf(packRich(json));
}

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const zeros = { componentType: 5126, type: 'VEC3' };
const addAttribute = (json: LooseJson, name: string, more: object) =>
  Object.assign(primitive(json).attributes, { [name]: json.accessors.push({ ...zeros, ...more }) - 1 });
const skin = (json: LooseJson) => json.skins[0];
const material = (json: LooseJson) => json.materials[0].pbrMetallicRoughness;
const nod = (json: LooseJson) => json.animations[0];

it.each(PIECES)('a model that uses every part of glTF has no findings, in pieces of %i bytes', async (pieceBytes) => {
  expect(await findingsOf(packRich(makeRichJson()), pieceBytes)).toEqual([]);
});

describe('a reference to nothing is an error', () => {
  const reference = (pointer: string) => `GAB_E_GLB_REFERENCE reference ${pointer}`;
  it.each<Case>([
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
    ['times', (json) => (nod(json).samplers[0].input = 99), reference('/animations/0/samplers/0/input')],
    ['keyframes', (json) => (nod(json).samplers[0].output = null), reference('/animations/0/samplers/0/output')],
    ['a sampler', (json) => (nod(json).channels[0].sampler = 2), reference('/animations/0/channels/0/sampler')],
    [
      'an animated node',
      (json) => (nod(json).channels[0].target.node = 9),
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
    expect(await changed(change)).toContain(finding);
  });

  it('unless the loaders do without it', async () => {
    const findings = await changed((json) => {
      skin(json).skeleton = -1;
      json.textures[0].sampler = 7;
    });
    // The same reason twice is one finding.
    expect(findings).toEqual(['GAB_W_GLB_DESCRIPTION reference /skins/0/skeleton']);
  });
});

describe('what the loaders need is an error if it is missing or impossible', () => {
  const property = (reason: string, pointer: string) => `GAB_E_GLB_PROPERTY ${reason} ${pointer}`;
  it.each<Case>([
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
    ['a list that is an object', (json) => (json.samplers = {}), property('kind', '/samplers')],
    ['an element that is a text', (json) => json.nodes.push('node'), property('kind', '/nodes/4')],
    [
      'an extension that is not declared',
      (json) => (json.materials[0].extensions = { KHR_materials_unlit: {} }),
      property('undeclared', '/materials/0/extensions/KHR_materials_unlit'),
    ],
  ])('%s', async (_, change, finding) => {
    expect(await changed(change)).toContain(finding);
  });

  it('and numbers that JSON reads as infinity are not numbers', async () => {
    const json = makeRichJson();
    json.nodes[2].translation = ['INFINITY', 0, 0];
    const text = packRich(json).toString('latin1').replace('"INFINITY"', '1e999     ');
    expect(await findingsOf(Buffer.from(text, 'latin1'))).toEqual([property('kind', '/nodes/2/translation/0')]);
  });
});

describe('null is a warning where the loaders take it for a missing value', () => {
  const volume = (json: LooseJson) => {
    json.extensionsUsed.push('KHR_materials_volume');
    json.materials[0].extensions = { KHR_materials_volume: { attenuationDistance: null } };
  };
  it.each<Case>([
    ['a name', (json) => (json.nodes[1].name = null), '/nodes/1/name'],
    ['the scene', (json) => (json.scene = null), '/scene'],
    ['children', (json) => (json.nodes[2].children = null), '/nodes/2/children'],
    ['the animations', (json) => (json.animations = null), '/animations'],
    ['a cutoff', (json) => (json.materials[0].alphaCutoff = null), '/materials/0/alphaCutoff'],
    ['a surface', (json) => (json.materials[0].pbrMetallicRoughness = null), '/materials/0/pbrMetallicRoughness'],
    ['an infinite distance', volume, '/materials/0/extensions/KHR_materials_volume/attenuationDistance'],
    ['a number of a range', (json) => (json.accessors[0].min = [null, 0, 0]), '/accessors/0/min/0'],
  ])('%s', async (_, change, pointer) => {
    const findings = await changed(change);
    expect(findings).toContain(`GAB_W_GLB_DESCRIPTION null ${pointer}`);
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });

  it('and the extensions', async () => {
    const findings = await changed((json) => {
      delete json.materials[0].pbrMetallicRoughness.baseColorTexture.extensions;
      json.extensionsUsed = null;
    });
    expect(findings).toContain('GAB_W_GLB_DESCRIPTION null /extensionsUsed');
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });

  it.each<Case>([
    ['a texture', (json) => (json.materials[0].normalTexture = null), 'kind /materials/0/normalTexture'],
    ['a way to draw', (json) => (primitive(json).mode = null), 'value /meshes/0/primitives/0/mode'],
    ['a whole range', (json) => (json.accessors[0].min = null), 'kind /accessors/0/min'],
  ])('but an error in place of %s', async (_, change, finding) => {
    expect(await changed(change)).toContain(`GAB_E_GLB_PROPERTY ${finding}`);
  });
});

describe('the nodes are trees', () => {
  it.each<Case>([
    ['a node inside itself', (json) => (json.nodes[2].children = [1]), 'GAB_E_GLB_NODES loop /nodes/1'],
    [
      'a node with two parents',
      (json) => (json.nodes[3].children = [2]),
      'GAB_E_GLB_NODES parents /nodes/3/children/0',
    ],
    ['a root with a parent', (json) => json.scenes[0].nodes.push(2), 'GAB_E_GLB_NODES root /scenes/0/nodes/3'],
  ])('%s is an error', async (_, change, finding) => {
    expect(await changed(change)).toContain(finding);
  });

  it('of a hundred thousand nodes in a row, in linear time', async () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => (index < 99_999 ? { children: [index + 1] } : {}));
    const json = { asset: { version: '2.0' }, nodes, scenes: [{ nodes: [0] }] };
    expect(await findingsOf(packRich({ ...makeRichJson(), ...json, animations: undefined }))).not.toContain(
      expect.stringContaining('GAB_E_GLB_NODES'),
    );
  });
});

describe('bytes are where the description says', () => {
  const bounds = (reason: string, pointer: string) => `GAB_E_GLB_BOUNDS ${reason} ${pointer}`;
  const strided = (byteStride: number) => (json: LooseJson) => {
    // Three normals of a longer view.
    Object.assign(json.bufferViews[1], { byteStride });
    json.accessors[1].count = 1;
  };
  it.each<Case>([
    ['a view beyond its buffer', (json) => (json.bufferViews[2].byteLength = 9999), bounds('view', '/bufferViews/2')],
    ['values beyond their view', (json) => (json.accessors[1].count = 5), bounds('accessor', '/accessors/1')],
    ['an offset beyond the view', (json) => (json.accessors[1].byteOffset = 4), bounds('accessor', '/accessors/1')],
    ['half a number', (json) => (json.accessors[1].byteOffset = 2), bounds('alignment', '/accessors/1/byteOffset')],
    ['a stride below the size', strided(8), bounds('stride-small', '/accessors/1')],
    ['a stride that WebGL refuses', strided(256), bounds('stride-large', '/bufferViews/1/byteStride')],
    [
      'a buffer that is not in the file',
      (json) => {
        json.buffers = [{ byteLength: 10_000 }, { byteLength: 48 }];
        json.bufferViews[1] = { buffer: 1, byteLength: 48 };
      },
      bounds('no-data', '/bufferViews/1/buffer'),
    ],
    [
      'more replaced values than values',
      (json) => (json.accessors[6].sparse.count = 5),
      bounds('sparse-count', '/accessors/6/sparse/count'),
    ],
    [
      'replaced values beyond their view',
      (json) => (json.accessors[6].sparse.count = 4),
      bounds('accessor', '/accessors/6/sparse/values'),
    ],
    [
      'a billion zeros',
      (json) => {
        json.accessors.push({ componentType: 5126, type: 'VEC3', count: 1e9 });
        json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.SCALE = 11;
      },
      bounds('memory', '/accessors/11'),
    ],
  ])('%s is an error', async (_, change, finding) => {
    const json = makeRichJson();
    change(json);
    const { length } = richBinary();
    if (json.buffers) json.buffers[0].byteLength = length;
    expect(await findingsOf(packRich(json))).toContain(finding);
  });

  it('the last of interleaved values needs room for its gap, because the loaders read it', async () => {
    const interleave = (byteLength: number) => (json: LooseJson) => {
      json.bufferViews[1] = { ...json.bufferViews[1], byteStride: 24, byteLength };
      json.accessors[1].count = 2;
      delete primitive(json).attributes.NORMAL;
      json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.SCALE = 1;
    };
    expect(await changed(interleave(48))).not.toContain('GAB_E_GLB_BOUNDS accessor /accessors/1');
    expect(await changed(interleave(36))).toContain('GAB_E_GLB_BOUNDS accessor /accessors/1');
  });

  it('accessors that read the same bytes again and again are refused instead of read', async () => {
    const json = makeRichJson();
    const many = Array.from({ length: 30_000 }, () => json.accessors[0]);
    json.accessors.push(...many);
    expect(await findingsOf(packRich(json), 100_000)).toContain('GAB_E_GLB_BOUNDS overlap /accessors');
  });

  it('a buffer in the JSON has its declared length', async () => {
    const inline = (text: string) => (json: LooseJson) => {
      json.buffers = [
        { byteLength: richBinary().length },
        { byteLength: 12, uri: `data:application/octet-stream${text}` },
      ];
      json.bufferViews.push({ buffer: 1, byteLength: 12 });
      json.accessors.push({ bufferView: json.bufferViews.length - 1, componentType: 5126, type: 'VEC3', count: 1 });
      json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.SCALE = json.accessors.length - 1;
    };
    expect(await changed(inline(';base64,AAAAAAAAAAAAAAAA'))).toEqual([]);
    expect(await changed(inline(',%00%00%00%00%00%00%00%00%00%00%00%00'))).toEqual([]);
    expect(await changed(inline(';base64,AAAA'))).toContain('GAB_E_GLB_BOUNDS buffer-short /buffers/1');
    expect(await changed(inline(';base64,A*A='))).toContain('GAB_E_GLB_BOUNDS buffer-text /buffers/1');
    // Not a number: 0x7fc00000.
    expect(await changed(inline(';base64,AADAfwAAAAAAAAAA'))).toContain('GAB_W_GLB_DATA not-finite /accessors/11');
  });
});

function richBinary(): Buffer {
  return Buffer.concat(Object.values(richParts));
}

describe('parts fit together', () => {
  const mismatch = (reason: string, pointer: string) => `GAB_E_GLB_MISMATCH ${reason} ${pointer}`;
  const attribute = (name: string) => `/meshes/0/primitives/0/attributes/${name}`;
  it.each<Case>([
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
      (json) => (nod(json).samplers[0].input = 2),
      mismatch('time-type', '/animations/0/samplers/0/input'),
    ],
    [
      'too few keyframes',
      (json) => (json.accessors[9].count = 2),
      mismatch('keyframes', '/animations/0/channels/0/sampler'),
    ],
    [
      'keyframes of a spline',
      (json) => (nod(json).samplers[0].interpolation = 'CUBICSPLINE'),
      mismatch('keyframes', '/animations/0/channels/0/sampler'),
    ],
    [
      'turns by three numbers',
      (json) => (nod(json).samplers[0].output = 0),
      mismatch('value-type', '/animations/0/channels/0/sampler'),
    ],
    ['weights for no morph targets', (json) => (json.nodes[3].weights = [1]), mismatch('weights', '/nodes/3/weights')],
  ])('%s is an error', async (_, change, finding) => {
    expect(await changed(change)).toContain(finding);
  });

  it.each<Case>([
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
      (json) => nod(json).channels.push(nod(json).channels[0]),
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
    const findings = await changed(change);
    expect(findings).toContain(`GAB_W_GLB_DESCRIPTION ${finding}`);
    expect(findings.filter((one) => one.startsWith('GAB_E'))).toEqual([]);
  });
});

describe('values can be drawn', () => {
  /** A copy of a part in which one float is replaced. */
  function withFloat(part: keyof typeof richParts, at: number, value: number) {
    const bytes = Buffer.from(richParts[part]);
    bytes.writeFloatLE(value, at * 4);
    return { [part]: bytes };
  }
  const damaged = (parts: Parameters<typeof packRich>[1], pieceBytes = 7) =>
    findingsOf(packRich(makeRichJson(), parts), pieceBytes);
  const at = (part: keyof typeof richParts) => `/accessors/${partIndex(part)}`;

  it.each(['positions', 'weights', 'matrices', 'times', 'turns', 'offsets'] as const)(
    'not a number among the %s is an error, whatever the pieces',
    async (part) => {
      for (const pieceBytes of PIECES) {
        for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
          expect(await damaged(withFloat(part, 2, value), pieceBytes)).toContain(
            `GAB_E_GLB_DATA not-finite ${at(part)}`,
          );
        }
      }
    },
  );

  it.each(['normals', 'places'] as const)('not a number among the %s is a warning', async (part) => {
    expect(await damaged(withFloat(part, 1, Number.NaN))).toEqual([`GAB_W_GLB_DATA not-finite ${at(part)}`]);
  });

  it.each(PIECES)('an index beyond the vertices is an error, in pieces of %i bytes', async (pieceBytes) => {
    const indices = Buffer.from(richParts.indices);
    indices.writeUInt16LE(4, 10);
    expect(await damaged({ indices }, pieceBytes)).toEqual(['GAB_E_GLB_DATA index /meshes/0/primitives/0/indices']);
  });

  it('a replaced value that does not exist is an error', async () => {
    expect(await damaged({ replacedAt: Buffer.from([1, 4, 0, 0]) })).toEqual([
      'GAB_E_GLB_DATA sparse-index /accessors/6/sparse/indices',
    ]);
    expect(await damaged({ replacedAt: Buffer.from([3, 1, 0, 0]) })).toEqual([
      'GAB_W_GLB_DATA sparse-order /accessors/6/sparse/indices',
    ]);
  });

  it('not a number among replaced values is an error', async () => {
    expect(await damaged(withFloat('replacements', 0, Number.NaN))).toEqual([
      'GAB_E_GLB_DATA not-finite /accessors/6/sparse/values',
    ]);
  });

  it.each([
    [
      'a joint that the skin lacks',
      { joints: Buffer.alloc(16, 2) },
      'joint /meshes/0/primitives/0/attributes/JOINTS_0',
    ],
    ['a negative weight', withFloat('weights', 0, -1), 'weights /meshes/0/primitives/0/attributes/WEIGHTS_0'],
    ['keyframes that are not in order', withFloat('times', 1, 0), 'times /animations/0/samplers/0/input'],
    ['a matrix that distorts', withFloat('matrices', 3, 0.5), 'matrices /skins/0/inverseBindMatrices'],
    ['positions beyond the declared ones', withFloat('positions', 0, -1), `range ${at('positions')}`],
  ])('%s is a warning', async (_, parts, finding) => {
    expect(await damaged(parts)).toEqual([`GAB_W_GLB_DATA ${finding}`]);
  });

  it('a picture of an unknown format is an error, and one of another format a warning', async () => {
    const picture = Buffer.from(richParts.picture);
    picture.write('GIF8', 0, 'latin1');
    expect(await damaged({ picture })).toEqual(['GAB_E_GLB_DATA picture /images/0']);
    expect(await changed((json) => (json.images[0].mimeType = 'image/jpeg'))).toEqual([
      'GAB_W_GLB_DATA picture-type /images/0',
    ]);
    expect(await changed((json) => (json.images[0] = {}))).toContain('GAB_E_GLB_DATA picture-source /images/0');
    expect(await changed((json) => delete json.textures[0].source)).toContain(
      'GAB_E_GLB_DATA texture-source /textures/0',
    );
  });

  it('what meshopt compresses is not read', async () => {
    const compression = { buffer: 0, byteOffset: 0, byteLength: 48, byteStride: 12, count: 4, mode: 'ATTRIBUTES' };
    const json = makeRichJson();
    json.extensionsUsed.push('EXT_meshopt_compression');
    json.bufferViews[0].extensions = { EXT_meshopt_compression: compression };
    expect(await findingsOf(packRich(json, withFloat('positions', 0, Number.NaN)))).toEqual([]);
    compression.byteLength = 99_999;
    expect(await findingsOf(packRich(json))).toEqual([
      'GAB_E_GLB_BOUNDS view /bufferViews/0/extensions/EXT_meshopt_compression',
    ]);
    Object.assign(compression, { byteLength: 48, count: 3 });
    expect(await findingsOf(packRich(json))).toContain('GAB_E_GLB_BOUNDS unpacked /bufferViews/0');
    Object.assign(compression, { count: 4, byteStride: 257 });
    expect(await findingsOf(packRich(json))).toContain(
      'GAB_E_GLB_PROPERTY range /bufferViews/0/extensions/EXT_meshopt_compression/byteStride',
    );
  });

  it('what Draco compresses needs the plain description of each attribute', async () => {
    const findings = await changed((json) => {
      json.extensionsUsed.push('KHR_draco_mesh_compression');
      const compression = { bufferView: 0, attributes: { POSITION: 0, _HEAT: 1 } };
      primitive(json).extensions = { KHR_draco_mesh_compression: compression };
    });
    const place = '/meshes/0/primitives/0/extensions/KHR_draco_mesh_compression/attributes/_HEAT';
    expect(findings).toContain(`GAB_E_GLB_MISMATCH compressed ${place}`);
  });

  it('a picture in AVIF is one of the formats that the runtime draws', async () => {
    const picture = Buffer.from(richParts.picture);
    picture.write('\0\0\0\x1cftypavif', 0, 'latin1');
    expect(await damaged({ picture })).toEqual(['GAB_W_GLB_DATA picture-type /images/0']);
  });
});

describe('notes', () => {
  it('name what nothing uses, once for each list', async () => {
    const findings = await changed((json) => {
      delete primitive(json).attributes.NORMAL;
      json.accessors.push({ componentType: 5126, type: 'VEC3', count: 3 });
    });
    expect(findings).toEqual(['GAB_I_GLB_UNUSED accessors /accessors/1']);
  });

  it('are not made about models with extensions that may use anything', async () => {
    const findings = await changed((json) => {
      delete primitive(json).attributes.NORMAL;
      json.extensionsUsed.push('ACME_more');
      json.extensions.ACME_more = { accessor: 1 };
    });
    expect(findings).toEqual([]);
  });

  it('count the places of the same formality', async () => {
    const json = makeRichJson();
    Object.assign(json.nodes[2], { children: [] });
    Object.assign(json.nodes[3], { children: [] });
    const probe = glbProbe({ kind: 'model', format: 'glb' });
    const bytes = packRich(json);
    probe.push(bytes);
    const { findings } = await probe.finish(bytes.byteLength, testCodec);
    expect(findings).toEqual([
      {
        code: 'GAB_I_GLB_FORMALITY',
        pointer: '/nodes/2/children',
        params: { reason: 'empty', property: 'children', count: 2 },
      },
    ]);
  });
});

it('a primitive with a hundred thousand attributes takes linear time', async () => {
  const json = makeRichJson();
  for (let index = 0; index < 100_000; index += 1) json.meshes[1].primitives[0].attributes[`COLOR_${index}`] = 0;
  // Thousands of times as long if each attribute were compared with all others.
  expect(await findingsOf(packRich(json), 100_000)).toEqual([]);
});
