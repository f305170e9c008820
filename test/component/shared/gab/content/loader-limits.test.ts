import { afterAll, expect, it } from 'vitest';
import { startModelLoader } from '../../../../../scripts/models/loading/model-loader.ts';
import { glbProbe } from '../../../../../shared/gab/content/glb-checks.ts';
import { testCodec } from '../../../../support/inspect-bytes.ts';
import { makeRichJson, packRich } from '../../../../support/rich-model.ts';
import type { LooseJson } from '../../../../support/vrm-json.ts';

const loader = startModelLoader();
afterAll(() => loader.close());

async function hasErrors(bytes: Buffer): Promise<boolean> {
  const probe = glbProbe({ kind: 'model', format: 'glb' });
  probe.push(bytes);
  const { findings } = await probe.finish(bytes.byteLength, testCodec);
  return findings.some(({ code }) => code.startsWith('GAB_E'));
}

const primitives = (json: LooseJson) => json.meshes[0].primitives;
const chain = (length: number) => (json: LooseJson) => {
  const first = json.nodes.length;
  json.scenes[0].nodes.push(first);
  for (let at = 1; at < length; at += 1) json.nodes.push({ children: [first + at] });
  json.nodes.push({});
};

it.each<readonly [what: string, isLoaded: boolean, change: (json: LooseJson) => void]>([
  ['nothing changed', true, () => undefined],
  [
    'a part without the targets that its node sets',
    false,
    (json) => primitives(json).push({ attributes: { POSITION: 0 } }),
  ],
  [
    'a part whose targets are not loaded',
    false,
    (json) => primitives(json).push({ attributes: { POSITION: 0 }, targets: [{ TEXCOORD_0: 2 }] }),
  ],
  ['lines without targets', true, (json) => primitives(json).push({ attributes: { POSITION: 0 }, mode: 1 })],
  ['a camera without its lens', false, (json) => (json.cameras[0].type = 'orthographic')],
  [
    'an unused camera without its lens',
    true,
    (json) => {
      json.cameras[0].type = 'orthographic';
      delete json.nodes[2].camera;
    },
  ],
  [
    'a missing bump texture',
    false,
    (json) => (json.materials[0].extensions = { EXT_materials_bump: { bumpTexture: { index: 9 } } }),
  ],
  [
    'a missing texture of diffuse roughness',
    false,
    (json) => {
      const extension = { diffuseRoughnessTexture: { index: 9 } };
      json.materials[0].extensions = { KHR_materials_diffuse_roughness: extension };
    },
  ],
  ['1,000 nodes inside each other', true, chain(1000)],
  ['20,000 nodes inside each other', false, chain(20_000)],
])('the check and the loaders agree on a model with %s', async (_, isLoaded, change) => {
  const json = makeRichJson();
  change(json);
  const bytes = packRich(json);
  const outcome = await loader.load(bytes);
  expect({ isLoaded: outcome.ok, hasErrors: await hasErrors(bytes) }, JSON.stringify(outcome)).toEqual({
    isLoaded,
    hasErrors: !isLoaded,
  });
});
