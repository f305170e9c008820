import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { startModelLoader } from '../../../../../scripts/models/loading/model-loader.ts';
import { readVrmExpressions } from '../../../../../shared/gab/content/vrm/check-vrm.ts';
import { type LooseJson, makeVrm0Json, makeVrm1Json, packVrm } from '../../../../support/vrm-json.ts';
import { makeVrm } from '../../../../support/vrm-models.ts';

const loader = startModelLoader();
afterAll(() => loader.close());

const folder = new URL('../../../../fixtures/vrm/', import.meta.url);
const binds = (json: LooseJson) => json.extensions.VRMC_vrm.expressions.preset.aa.morphTargetBinds[0];

function changed(json: LooseJson, change: (json: LooseJson) => void): Buffer {
  change(json);
  return packVrm(json);
}

const files: Readonly<Record<string, () => Buffer>> = {
  ...Object.fromEntries(readdirSync(folder).map((name) => [name, () => readFileSync(new URL(name, folder))])),
  'a square face': () => makeVrm([1, 2, 3]),
  'every part of VRM 1.0': () => packVrm(makeVrm1Json()),
  'every part of VRM 0.x': () => packVrm(makeVrm0Json()),
  'more weights than morph targets': () =>
    changed(makeVrm1Json(), (json) => {
      json.meshes[0].weights = Array(9).fill(0);
      binds(json).index = 8;
    }),
  'a mesh outside of the scene': () =>
    changed(makeVrm1Json(), (json) => (binds(json).node = json.nodes.push({ mesh: 0 }) - 1)),
  'a negative index': () => changed(makeVrm1Json(), (json) => (binds(json).index = -1)),
  'no meta section': () => changed(makeVrm1Json(), (json) => delete json.extensions.VRMC_vrm.meta),
  'unlit materials': () =>
    changed(makeVrm1Json(), (json) => {
      json.extensionsUsed.push('KHR_materials_unlit');
      json.materials[1].extensions = { KHR_materials_unlit: {} };
    }),
};

it.each(Object.entries(files))('the check and the preview agree on what moves in %s', async (_, makeBytes) => {
  const bytes = makeBytes();
  const outcome = await loader.load(bytes);
  // Files that are not drawn at all move nothing; the check reports them elsewhere.
  if (!outcome.ok) return expect(outcome.error).toMatch(/required but not exist|license url|reading/);
  const json = JSON.parse(bytes.toString('utf8', 20, 20 + bytes.readUInt32LE(12)));
  expect([...readVrmExpressions(json)].toSorted()).toEqual(outcome.expressions.toSorted());
});
