import { describe, expect, it } from 'vitest';
import { changedFindings, checkModelFile, modelFindings } from '../../../../../support/model-findings.ts';
import { makeRichJson, packRich } from '../../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../../support/vrm-json.ts';

const primitive = (json: LooseJson) => json.meshes[0].primitives[0];

describe('notes', () => {
  it('name what nothing uses, once for each list', async () => {
    const findings = await changedFindings((json) => {
      delete primitive(json).attributes.NORMAL;
      json.accessors.push({ componentType: 5126, type: 'VEC3', count: 3 });
    });
    expect(findings).toEqual(['GAB_I_GLB_UNUSED accessors /accessors/1']);
  });

  it('are not made about models with extensions that may use anything', async () => {
    const findings = await changedFindings((json) => {
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
    expect(await checkModelFile(packRich(json))).toEqual([
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
  expect(await modelFindings(packRich(json), 100_000)).toEqual([]);
});
