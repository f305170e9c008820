import { describe, expect, it } from 'vitest';
import { changedFindings, modelFindings, PIECE_SIZES } from '../../../../../support/model-findings.ts';
import { makeRichJson, packRich, partIndex, richParts } from '../../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];

it.each(PIECE_SIZES)(
  'a model that uses every part of glTF has no findings, in pieces of %i bytes',
  async (pieceBytes) => {
    expect(await modelFindings(packRich(makeRichJson()), pieceBytes)).toEqual([]);
  },
);

describe('values can be drawn', () => {
  /** A copy of a part in which one float is replaced. */
  function withFloat(part: keyof typeof richParts, at: number, value: number) {
    const bytes = Buffer.from(richParts[part]);
    bytes.writeFloatLE(value, at * 4);
    return { [part]: bytes };
  }
  const damaged = (parts: Parameters<typeof packRich>[1], pieceBytes = 7) =>
    modelFindings(packRich(makeRichJson(), parts), pieceBytes);
  const at = (part: keyof typeof richParts) => `/accessors/${partIndex(part)}`;

  it.each(['positions', 'weights', 'matrices', 'times', 'turns', 'offsets'] as const)(
    'not a number among the %s is an error, whatever the pieces',
    async (part) => {
      for (const pieceBytes of PIECE_SIZES) {
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

  it.each(PIECE_SIZES)('an index beyond the vertices is an error, in pieces of %i bytes', async (pieceBytes) => {
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
    expect(await changedFindings((json) => (json.images[0].mimeType = 'image/jpeg'))).toEqual([
      'GAB_W_GLB_DATA picture-type /images/0',
    ]);
    expect(await changedFindings((json) => (json.images[0] = {}))).toContain('GAB_E_GLB_DATA picture-source /images/0');
    expect(await changedFindings((json) => delete json.textures[0].source)).toContain(
      'GAB_E_GLB_DATA texture-source /textures/0',
    );
  });

  it('what meshopt compresses is not read', async () => {
    const compression = { buffer: 0, byteOffset: 0, byteLength: 48, byteStride: 12, count: 4, mode: 'ATTRIBUTES' };
    const json = makeRichJson();
    json.extensionsUsed.push('EXT_meshopt_compression');
    json.bufferViews[0].extensions = { EXT_meshopt_compression: compression };
    expect(await modelFindings(packRich(json, withFloat('positions', 0, Number.NaN)))).toEqual([]);
    compression.byteLength = 99_999;
    expect(await modelFindings(packRich(json))).toEqual([
      'GAB_E_GLB_BOUNDS view /bufferViews/0/extensions/EXT_meshopt_compression',
    ]);
    Object.assign(compression, { byteLength: 48, count: 3 });
    expect(await modelFindings(packRich(json))).toContain('GAB_E_GLB_BOUNDS unpacked /bufferViews/0');
    Object.assign(compression, { count: 4, byteStride: 257 });
    expect(await modelFindings(packRich(json))).toContain(
      'GAB_E_GLB_PROPERTY range /bufferViews/0/extensions/EXT_meshopt_compression/byteStride',
    );
  });

  it('what Draco compresses needs the plain description of each attribute', async () => {
    const findings = await changedFindings((json) => {
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
