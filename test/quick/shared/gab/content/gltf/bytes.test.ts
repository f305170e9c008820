import { describe, expect, it } from 'vitest';
import { changedFindings, type ModelCase, modelFindings } from '../../../../../support/model-findings.ts';
import { makeRichJson, packRich, richParts } from '../../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];
const richBinary = () => Buffer.concat(Object.values(richParts));

describe('bytes are where the description says', () => {
  const bounds = (reason: string, pointer: string) => `GAB_E_GLB_BOUNDS ${reason} ${pointer}`;
  const strided = (byteStride: number) => (json: LooseJson) => {
    // Three normals of a longer view.
    Object.assign(json.bufferViews[1], { byteStride });
    json.accessors[1].count = 1;
  };
  it.each<ModelCase>([
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
    expect(await modelFindings(packRich(json))).toContain(finding);
  });

  it('the last of interleaved values needs room for its gap, because the loaders read it', async () => {
    const interleave = (byteLength: number) => (json: LooseJson) => {
      json.bufferViews[1] = { ...json.bufferViews[1], byteStride: 24, byteLength };
      json.accessors[1].count = 2;
      delete primitive(json).attributes.NORMAL;
      json.nodes[3].extensions.EXT_mesh_gpu_instancing.attributes.SCALE = 1;
    };
    expect(await changedFindings(interleave(48))).not.toContain('GAB_E_GLB_BOUNDS accessor /accessors/1');
    expect(await changedFindings(interleave(36))).toContain('GAB_E_GLB_BOUNDS accessor /accessors/1');
  });

  it('accessors that read the same bytes again and again are refused instead of read', async () => {
    const json = makeRichJson();
    const many = Array.from({ length: 30_000 }, () => json.accessors[0]);
    json.accessors.push(...many);
    expect(await modelFindings(packRich(json), 100_000)).toContain('GAB_E_GLB_BOUNDS overlap /accessors');
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
    expect(await changedFindings(inline(';base64,AAAAAAAAAAAAAAAA'))).toEqual([]);
    expect(await changedFindings(inline(',%00%00%00%00%00%00%00%00%00%00%00%00'))).toEqual([]);
    expect(await changedFindings(inline(';base64,AAAA'))).toContain('GAB_E_GLB_BOUNDS buffer-short /buffers/1');
    expect(await changedFindings(inline(';base64,A*A='))).toContain('GAB_E_GLB_BOUNDS buffer-text /buffers/1');
    // Not a number: 0x7fc00000.
    expect(await changedFindings(inline(';base64,AADAfwAAAAAAAAAA'))).toContain(
      'GAB_W_GLB_DATA not-finite /accessors/11',
    );
  });
});
