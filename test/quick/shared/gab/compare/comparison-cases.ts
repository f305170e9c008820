import type { DifferenceVerdict } from '../../../../../shared/gab/compare/comparison.ts';
import type { DifferenceCode } from '../../../../../shared/gab/compare/difference-codes.ts';
import { assetSummary, modelSummary, type SummaryChange } from '../../../../support/summaries.ts';

type Expected = readonly [DifferenceCode, DifferenceVerdict];

export interface ComparisonCase {
  readonly title: string;
  readonly before?: SummaryChange;
  readonly after?: SummaryChange;
  readonly finds: readonly Expected[];
}

const MODEL: Expected = ['asset-changed', 'visible'];
const body = (fields: object) => ({ body: { type: 'model3d', main: 'body', ...fields } });
const motion = (clipTargets: readonly string[]) =>
  assetSummary({
    id: 'wave',
    kind: 'animation',
    path: 'animation/wave.glb',
    sha256: 'd'.repeat(64),
    model: modelSummary({ clipTargets: [...clipTargets] }),
  });
const portrait = assetSummary({
  id: 'face',
  kind: 'portrait',
  format: 'png',
  path: 'portrait/face.png',
  sha256: 'e'.repeat(64),
});
export const visemes = (source: 'map' | 'names' | 'vrm' | 'jaw' | 'none', covered: string) => ({
  summary: { visemes: { source, covered: covered.split(' ').filter(Boolean) as 'aa'[] } },
});
const SPOKEN = 'PP FF TH DD kk CH SS nn RR aa E I O U';
const MORPHS = SPOKEN.split(' ').map((viseme) => `viseme_${viseme}`);
const license = (fields: object) => ({ manifest: { license: { spdx: 'CC0-1.0', ...fields } } });
const voice = (fields: object) => ({ manifest: { voice: { provider: 'azure', voiceId: 'a', ...fields } } });
const splat = (fields: object) => ({
  manifest: { body: { type: 'splat', main: 'body', ...fields } },
  summary: { bodyType: 'splat' as const },
});

export const comparisonCases: readonly ComparisonCase[] = [
  { title: 'only a rewritten manifest', finds: [['manifest-rewritten', 'harmless']] },
  {
    title: 'another body type',
    before: { assets: [portrait] },
    after: {
      assets: [portrait],
      manifest: { body: { type: 'portrait2d', main: 'face' } },
      summary: { bodyType: 'portrait2d' },
    },
    finds: [['body-type', 'visible']],
  },
  {
    title: 'another rig that the runtime animates',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: { manifest: body({ rig: 'other' }) },
    finds: [['body-rig', 'breaks-runtime']],
  },
  {
    title: 'another rig that nothing animates',
    before: { manifest: body({}) },
    after: { manifest: body({ rig: 'other' }) },
    finds: [['body-rig', 'harmless']],
  },
  {
    title: 'a new rig that the runtime animates',
    before: { manifest: body({}) },
    after: { manifest: body({ rig: 'vrm' }) },
    finds: [['body-rig', 'visible']],
  },
  {
    title: 'a splat that lost its mesh',
    before: splat({ binding: { type: 'lam' } }),
    after: splat({}),
    finds: [['body-binding-removed', 'breaks-runtime']],
  },
  {
    title: 'another camera',
    after: { manifest: body({ camera: { view: 'head' } }) },
    finds: [['body-camera', 'visible']],
  },
  { title: 'another body form', after: { manifest: body({ form: 'neutral' }) }, finds: [['body-form', 'visible']] },
  {
    title: 'a removed fallback picture',
    before: { assets: [portrait], manifest: body({ fallback: 'face' }) },
    after: { assets: [portrait], manifest: body({}) },
    finds: [['body-fallback-removed', 'visible']],
  },
  { title: 'more meshes', after: { model: { meshes: 2 } }, finds: [['model-meshes', 'visible'], MODEL] },
  {
    title: 'a few more triangles',
    after: { model: { triangles: 1050 } },
    finds: [MODEL, ['model-triangles', 'harmless']],
  },
  {
    title: 'many more triangles',
    after: { model: { triangles: 1500 } },
    finds: [['model-triangles', 'visible'], MODEL],
  },
  {
    title: 'too many triangles',
    before: { model: { triangles: 199_000 } },
    after: { model: { triangles: 201_000 } },
    finds: [['model-triangles', 'visible'], MODEL],
  },
  {
    title: 'an added material',
    after: { model: { materials: ['Skin', 'Hair'] } },
    finds: [['materials-added', 'visible'], MODEL],
  },
  {
    title: 'a renamed material',
    after: { model: { materials: ['Skin.001'] } },
    finds: [MODEL, ['materials-renamed', 'harmless']],
  },
  {
    title: 'a smaller texture',
    after: { model: { textures: [{ name: 'skin', format: 'png', width: 512, height: 512, sizeBytes: 900 }] } },
    finds: [['textures-resized', 'visible'], MODEL],
  },
  {
    title: 'a texture in another format',
    after: { model: { textures: [{ name: 'skin', format: 'ktx2', width: 1024, height: 1024, sizeBytes: 900 }] } },
    finds: [MODEL, ['textures-format', 'harmless']],
  },
  {
    title: 'a repainted texture',
    after: { model: { textures: [{ name: 'skin', format: 'png', width: 1024, height: 1024, sizeBytes: 5100 }] } },
    finds: [['textures-bytes', 'visible'], MODEL],
  },
  {
    title: 'a removed joint that nothing needs',
    after: { model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'visible'], MODEL],
  },
  {
    title: 'a removed joint that an animation needs',
    before: { assets: [motion(['Spine'])] },
    after: { assets: [motion(['Spine'])], model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'breaks-runtime'], MODEL],
  },
  {
    title: 'a removed joint of a Mixamo rig',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: { manifest: body({ rig: 'mixamo' }), model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'breaks-runtime'], MODEL],
  },
  {
    title: 'joints of a Mixamo rig with a new prefix',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: {
      manifest: body({ rig: 'mixamo' }),
      model: { joints: ['mixamorig:Head', 'mixamorig:Hips', 'mixamorig:Spine'] },
    },
    finds: [MODEL, ['joints-renamed', 'harmless']],
  },
  {
    title: 'renamed joints that an animation needs',
    before: { assets: [motion(['Spine'])] },
    after: { assets: [motion(['Spine'])], model: { joints: ['B_Head', 'B_Hips', 'B_Spine'] } },
    finds: [['joints-renamed', 'breaks-runtime'], MODEL],
  },
  {
    title: 'lost VRM data',
    before: { model: { isVrm: true, humanBones: ['head'] } },
    after: { model: {} },
    finds: [['model-vrm-removed', 'breaks-runtime'], ['human-bones-removed', 'breaks-runtime'], MODEL],
  },
  {
    title: 'an extension that the runtime supports',
    after: { model: { requiredExtensions: ['KHR_mesh_quantization'] } },
    finds: [MODEL, ['glb-extensions-added', 'harmless']],
  },
  {
    title: 'an extension that the runtime lacks',
    after: { model: { requiredExtensions: ['ACME_magic'] } },
    finds: [['glb-extensions-added', 'breaks-runtime'], MODEL],
  },
  {
    title: 'renamed mouth shapes',
    before: { model: { morphs: MORPHS }, ...visemes('names', SPOKEN) },
    after: { model: { morphs: MORPHS.map((morph) => `Head_${morph}`) }, ...visemes('none', '') },
    finds: [
      ['morphs-renamed', 'breaks-runtime'],
      ['viseme-source', 'breaks-runtime'],
      ['visemes-lost', 'breaks-runtime'],
      MODEL,
    ],
  },
  {
    title: 'mouth shapes renamed together with the map',
    before: {
      model: { morphs: ['Open', 'Close'] },
      manifest: { face: { visemes: { set: 'oculus15', map: { aa: [{ morph: 'Open', weight: 1 }] } } } },
      ...visemes('map', 'aa'),
    },
    after: {
      model: { morphs: ['Mouth_Open', 'Mouth_Close'] },
      manifest: { face: { visemes: { set: 'oculus15', map: { aa: [{ morph: 'Mouth_Open', weight: 1 }] } } } },
      ...visemes('map', 'aa'),
    },
    finds: [['morphs-renamed', 'visible'], MODEL],
  },
  {
    title: 'a removed morph that lip-sync did not use',
    before: { model: { morphs: [...MORPHS, 'smile'] }, ...visemes('names', SPOKEN) },
    after: { model: { morphs: MORPHS }, ...visemes('names', SPOKEN) },
    finds: [['morphs-removed', 'visible'], MODEL],
  },
  {
    title: 'morph names instead of VRM vowels',
    before: { model: { morphs: MORPHS }, ...visemes('names', SPOKEN) },
    after: { model: { morphs: [], vrmExpressions: [] }, ...visemes('vrm', 'aa E I O U') },
    finds: [['morphs-removed', 'visible'], ['visemes-lost', 'visible'], MODEL, ['viseme-source', 'harmless']],
  },
  {
    title: 'a mouth with only the jaw left',
    before: visemes('names', SPOKEN),
    after: visemes('jaw', SPOKEN),
    finds: [['viseme-source', 'breaks-runtime']],
  },
  {
    title: 'a mouth that starts to move',
    before: visemes('none', ''),
    after: visemes('names', 'aa'),
    finds: [
      ['viseme-source', 'visible'],
      ['visemes-gained', 'visible'],
    ],
  },
  {
    title: 'a removed expression',
    before: { manifest: { face: { expressions: { happy: [{ image: 'thumb' }], sad: [] } } } },
    after: { manifest: { face: { expressions: { sad: [] } } } },
    finds: [['expressions-removed', 'visible']],
  },
  {
    title: 'a removed clip that a slot used',
    after: { model: { clips: ['Wave'] }, manifest: { animations: { idle: ['body#Wave'] } } },
    finds: [['clips-removed', 'breaks-runtime'], ['slots-changed', 'visible'], MODEL],
  },
  {
    title: 'a removed clip that no slot used',
    after: { model: { clips: ['Idle'] } },
    finds: [['clips-removed', 'visible'], MODEL],
  },
  {
    title: 'a clip renamed together with its slot',
    after: { model: { clips: ['Idle.001', 'Wave'] }, manifest: { animations: { idle: ['body#Idle.001'] } } },
    finds: [MODEL, ['clips-renamed', 'harmless']],
  },
  { title: 'a removed slot', after: { manifest: { animations: {} } }, finds: [['slots-removed', 'breaks-runtime']] },
  {
    title: 'an emptied slot',
    after: { manifest: { animations: { idle: [] } } },
    finds: [['slots-removed', 'breaks-runtime']],
  },
  {
    title: 'an added slot',
    after: { manifest: { animations: { idle: ['body#Idle'], greeting: ['body#Wave'] } } },
    finds: [['slots-added', 'visible']],
  },
  {
    title: 'a removed voice',
    before: voice({}),
    finds: [
      ['voice-removed', 'breaks-runtime'],
      ['voice-id', 'visible'],
    ],
  },
  {
    title: 'another provider',
    before: voice({}),
    after: voice({ provider: 'google' }),
    finds: [['voice-provider', 'visible']],
  },
  { title: 'another voice', before: voice({}), after: voice({ voiceId: 'b' }), finds: [['voice-id', 'visible']] },
  { title: 'a faster voice', before: voice({}), after: voice({ rate: 2 }), finds: [['voice-tuning', 'visible']] },
  {
    title: 'another persona',
    after: { manifest: { persona: { systemPrompt: 'Be rude.' } } },
    finds: [['persona-prompt', 'visible']],
  },
  { title: 'another license', after: license({ spdx: 'CC-BY-4.0' }), finds: [['licence-spdx', 'visible']] },
  {
    title: 'a stricter license',
    after: license({ commercialUse: 'prohibited' }),
    finds: [['licence-permission', 'visible']],
  },
  {
    title: 'a looser license',
    before: license({ modification: 'prohibited' }),
    after: license({ modification: 'allowed' }),
    finds: [['licence-permission', 'harmless']],
  },
  {
    title: 'a runtime that does not exist yet',
    after: { manifest: { minRuntime: '9.0.0' } },
    finds: [['manifest-min-runtime', 'breaks-runtime']],
  },
  {
    title: 'an older runtime',
    before: { manifest: { minRuntime: '1.0.0' } },
    after: { manifest: { minRuntime: '0.9.0' } },
    finds: [['manifest-min-runtime', 'harmless']],
  },
  { title: 'another language', after: { manifest: { locale: 'ja' } }, finds: [['manifest-locale', 'visible']] },
  { title: 'a version number', after: { manifest: { version: '1.1.0' } }, finds: [['manifest-field', 'harmless']] },
  {
    title: 'a field of another vendor',
    after: { manifest: { vendorField: { a: 1 } } },
    finds: [['manifest-field', 'harmless']],
  },
  { title: 'an unused file', after: { assets: [portrait] }, finds: [['asset-added', 'harmless']] },
  {
    title: 'a large file',
    after: { summary: { sizeBytes: 12_000_000 } },
    finds: [
      ['size-total', 'visible'],
      ['manifest-rewritten', 'harmless'],
    ],
  },
];
