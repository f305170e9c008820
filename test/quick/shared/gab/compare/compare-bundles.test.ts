import { describe, expect, it } from 'vitest';
import { compareBundles } from '../../../../../shared/gab/compare/compare-bundles.ts';
import type { DifferenceVerdict } from '../../../../../shared/gab/compare/comparison.ts';
import { type DifferenceCode, differenceCodes } from '../../../../../shared/gab/compare/difference-codes.ts';
import { explainDifference } from '../../../../../shared/gab/compare/explain-difference.ts';
import {
  assetSummary,
  bundleSummary,
  modelSummary,
  type SummaryChange,
  thumbnail,
} from '../../../../support/summaries.ts';

type Expected = readonly [DifferenceCode, DifferenceVerdict];

interface Case {
  readonly says: string;
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
const visemes = (source: 'map' | 'names' | 'vrm' | 'jaw' | 'none', covered: string) => ({
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

const cases: readonly Case[] = [
  { says: 'nothing', finds: [['manifest-rewritten', 'harmless']] },
  {
    says: 'another kind of body',
    before: { assets: [portrait] },
    after: {
      assets: [portrait],
      manifest: { body: { type: 'portrait2d', main: 'face' } },
      summary: { bodyType: 'portrait2d' },
    },
    finds: [['body-type', 'visible']],
  },
  {
    says: 'a rig that the runtime moves is another',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: { manifest: body({ rig: 'other' }) },
    finds: [['body-rig', 'breaks-runtime']],
  },
  {
    says: 'a rig that nothing moves is another',
    before: { manifest: body({}) },
    after: { manifest: body({ rig: 'other' }) },
    finds: [['body-rig', 'harmless']],
  },
  {
    says: 'a rig that the runtime moves came',
    before: { manifest: body({}) },
    after: { manifest: body({ rig: 'vrm' }) },
    finds: [['body-rig', 'visible']],
  },
  {
    says: 'a splat came loose from its mesh',
    before: splat({ binding: { type: 'lam' } }),
    after: splat({}),
    finds: [['body-binding-removed', 'breaks-runtime']],
  },
  {
    says: 'another view',
    after: { manifest: body({ camera: { view: 'head' } }) },
    finds: [['body-camera', 'visible']],
  },
  { says: 'another form', after: { manifest: body({ form: 'neutral' }) }, finds: [['body-form', 'visible']] },
  {
    says: 'a stand-in went',
    before: { assets: [portrait], manifest: body({ fallback: 'face' }) },
    after: { assets: [portrait], manifest: body({}) },
    finds: [['body-fallback-removed', 'visible']],
  },
  { says: 'more meshes', after: { model: { meshes: 2 } }, finds: [['model-meshes', 'visible'], MODEL] },
  {
    says: 'few triangles more',
    after: { model: { triangles: 1050 } },
    finds: [MODEL, ['model-triangles', 'harmless']],
  },
  {
    says: 'many triangles more',
    after: { model: { triangles: 1500 } },
    finds: [['model-triangles', 'visible'], MODEL],
  },
  {
    says: 'too many triangles',
    before: { model: { triangles: 199_000 } },
    after: { model: { triangles: 201_000 } },
    finds: [['model-triangles', 'visible'], MODEL],
  },
  {
    says: 'a material came',
    after: { model: { materials: ['Skin', 'Hair'] } },
    finds: [['materials-added', 'visible'], MODEL],
  },
  {
    says: 'a material renamed',
    after: { model: { materials: ['Skin.001'] } },
    finds: [MODEL, ['materials-renamed', 'harmless']],
  },
  {
    says: 'a smaller texture',
    after: { model: { textures: [{ name: 'skin', format: 'png', width: 512, height: 512, sizeBytes: 900 }] } },
    finds: [['textures-resized', 'visible'], MODEL],
  },
  {
    says: 'a texture in another format',
    after: { model: { textures: [{ name: 'skin', format: 'ktx2', width: 1024, height: 1024, sizeBytes: 900 }] } },
    finds: [MODEL, ['textures-format', 'harmless']],
  },
  {
    says: 'a repainted texture',
    after: { model: { textures: [{ name: 'skin', format: 'png', width: 1024, height: 1024, sizeBytes: 5100 }] } },
    finds: [['textures-bytes', 'visible'], MODEL],
  },
  {
    says: 'a joint that nothing needs went',
    after: { model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'visible'], MODEL],
  },
  {
    says: 'a joint that a motion needs went',
    before: { assets: [motion(['Spine'])] },
    after: { assets: [motion(['Spine'])], model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'breaks-runtime'], MODEL],
  },
  {
    says: 'a joint of a Mixamo rig went',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: { manifest: body({ rig: 'mixamo' }), model: { joints: ['Head', 'Hips'] } },
    finds: [['joints-removed', 'breaks-runtime'], MODEL],
  },
  {
    says: 'joints of a Mixamo rig got its prefix',
    before: { manifest: body({ rig: 'mixamo' }) },
    after: {
      manifest: body({ rig: 'mixamo' }),
      model: { joints: ['mixamorig:Head', 'mixamorig:Hips', 'mixamorig:Spine'] },
    },
    finds: [MODEL, ['joints-renamed', 'harmless']],
  },
  {
    says: 'joints that a motion needs have other names',
    before: { assets: [motion(['Spine'])] },
    after: { assets: [motion(['Spine'])], model: { joints: ['B_Head', 'B_Hips', 'B_Spine'] } },
    finds: [['joints-renamed', 'breaks-runtime'], MODEL],
  },
  {
    says: 'no longer a VRM',
    before: { model: { isVrm: true, humanBones: ['head'] } },
    after: { model: {} },
    finds: [['model-vrm-removed', 'breaks-runtime'], ['human-bones-removed', 'breaks-runtime'], MODEL],
  },
  {
    says: 'an extension that the runtime has',
    after: { model: { requiredExtensions: ['KHR_mesh_quantization'] } },
    finds: [MODEL, ['glb-extensions-added', 'harmless']],
  },
  {
    says: 'an extension that the runtime lacks',
    after: { model: { requiredExtensions: ['ACME_magic'] } },
    finds: [['glb-extensions-added', 'breaks-runtime'], MODEL],
  },
  {
    says: 'mouth shapes renamed',
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
    says: 'mouth shapes renamed together with the map',
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
    says: 'a morph went that nothing spoke with',
    before: { model: { morphs: [...MORPHS, 'smile'] }, ...visemes('names', SPOKEN) },
    after: { model: { morphs: MORPHS }, ...visemes('names', SPOKEN) },
    finds: [['morphs-removed', 'visible'], MODEL],
  },
  {
    says: 'names instead of VRM vowels',
    before: { model: { morphs: MORPHS }, ...visemes('names', SPOKEN) },
    after: { model: { morphs: [], vrmExpressions: [] }, ...visemes('vrm', 'aa E I O U') },
    finds: [['morphs-removed', 'visible'], ['visemes-lost', 'visible'], MODEL, ['viseme-source', 'harmless']],
  },
  {
    says: 'only the jaw is left',
    before: visemes('names', SPOKEN),
    after: visemes('jaw', SPOKEN),
    finds: [['viseme-source', 'breaks-runtime']],
  },
  {
    says: 'the mouth learned to move',
    before: visemes('none', ''),
    after: visemes('names', 'aa'),
    finds: [
      ['viseme-source', 'visible'],
      ['visemes-gained', 'visible'],
    ],
  },
  {
    says: 'an expression went',
    before: { manifest: { face: { expressions: { happy: [{ image: 'thumb' }], sad: [] } } } },
    after: { manifest: { face: { expressions: { sad: [] } } } },
    finds: [['expressions-removed', 'visible']],
  },
  {
    says: 'a motion went that a slot played',
    after: { model: { clips: ['Wave'] }, manifest: { animations: { idle: ['body#Wave'] } } },
    finds: [['clips-removed', 'breaks-runtime'], ['slots-changed', 'visible'], MODEL],
  },
  {
    says: 'a motion went that no slot played',
    after: { model: { clips: ['Idle'] } },
    finds: [['clips-removed', 'visible'], MODEL],
  },
  {
    says: 'a motion renamed, and its slot with it',
    after: { model: { clips: ['Idle.001', 'Wave'] }, manifest: { animations: { idle: ['body#Idle.001'] } } },
    finds: [MODEL, ['clips-renamed', 'harmless']],
  },
  { says: 'a slot went', after: { manifest: { animations: {} } }, finds: [['slots-removed', 'breaks-runtime']] },
  {
    says: 'a slot emptied',
    after: { manifest: { animations: { idle: [] } } },
    finds: [['slots-removed', 'breaks-runtime']],
  },
  {
    says: 'a slot came',
    after: { manifest: { animations: { idle: ['body#Idle'], greeting: ['body#Wave'] } } },
    finds: [['slots-added', 'visible']],
  },
  {
    says: 'the voice went',
    before: voice({}),
    finds: [
      ['voice-removed', 'breaks-runtime'],
      ['voice-id', 'visible'],
    ],
  },
  {
    says: 'another provider',
    before: voice({}),
    after: voice({ provider: 'google' }),
    finds: [['voice-provider', 'visible']],
  },
  { says: 'another voice', before: voice({}), after: voice({ voiceId: 'b' }), finds: [['voice-id', 'visible']] },
  { says: 'a faster voice', before: voice({}), after: voice({ rate: 2 }), finds: [['voice-tuning', 'visible']] },
  {
    says: 'another persona',
    after: { manifest: { persona: { systemPrompt: 'Be rude.' } } },
    finds: [['persona-prompt', 'visible']],
  },
  { says: 'another license', after: license({ spdx: 'CC-BY-4.0' }), finds: [['licence-spdx', 'visible']] },
  {
    says: 'a stricter license',
    after: license({ commercialUse: 'prohibited' }),
    finds: [['licence-permission', 'visible']],
  },
  {
    says: 'a looser license',
    before: license({ modification: 'prohibited' }),
    after: license({ modification: 'allowed' }),
    finds: [['licence-permission', 'harmless']],
  },
  {
    says: 'a runtime that nobody has',
    after: { manifest: { minRuntime: '9.0.0' } },
    finds: [['manifest-min-runtime', 'breaks-runtime']],
  },
  {
    says: 'an older runtime',
    before: { manifest: { minRuntime: '1.0.0' } },
    after: { manifest: { minRuntime: '0.9.0' } },
    finds: [['manifest-min-runtime', 'harmless']],
  },
  { says: 'another language', after: { manifest: { locale: 'ja' } }, finds: [['manifest-locale', 'visible']] },
  { says: 'a version number', after: { manifest: { version: '1.1.0' } }, finds: [['manifest-field', 'harmless']] },
  {
    says: 'a field of somebody else',
    after: { manifest: { vendorField: { a: 1 } } },
    finds: [['manifest-field', 'harmless']],
  },
  { says: 'a file that nothing uses', after: { assets: [portrait] }, finds: [['asset-added', 'harmless']] },
  {
    says: 'a large file',
    after: { summary: { sizeBytes: 12_000_000 } },
    finds: [
      ['size-total', 'visible'],
      ['manifest-rewritten', 'harmless'],
    ],
  },
];

describe('compareBundles', () => {
  it.each(cases)('judges: $says', ({ before, after, finds }) => {
    const { differences, verdict } = compareBundles(
      bundleSummary({ modelVersion: '1', ...before }),
      bundleSummary({ modelVersion: before?.model || after?.model ? '2' : '1', ...after }),
    );
    const found = differences.map(({ code, verdict: one }) => `${code} ${one}`);
    expect(found.toSorted()).toEqual(finds.map((expected) => expected.join(' ')).toSorted());
    expect(verdict).toBe(differences[0]?.verdict);
    for (const one of differences) expect(one.area).toBe(differenceCodes[one.code as DifferenceCode]);
  });

  it('reports 31 renamed morphs in one sentence with samples', () => {
    const morphs = Array.from({ length: 31 }, (_, index) => `viseme_${index}`);
    const { differences } = compareBundles(
      bundleSummary({ model: { morphs }, modelVersion: '1', ...visemes('names', 'aa') }),
      bundleSummary({ model: { morphs: morphs.map((name) => `Head_${name}`) }, modelVersion: '2' }),
    );
    const renamed = differences.find(({ code }) => code === 'morphs-renamed');
    expect(renamed?.names).toHaveLength(31);
    if (!renamed) throw new Error('not found');
    expect(explainDifference(renamed)).toMatchObject({
      what: '31 morph targets renamed: “viseme_0 → Head_viseme_0”, “viseme_1 → Head_viseme_1”, “viseme_10 → Head_viseme_10” and 28 more.',
      why: "The runtime looks for the old names, so lip-sync won't work.",
    });
  });

  it('counts names beyond the fiftieth, and never shows control characters', () => {
    const morphs = Array.from({ length: 80 }, (_, index) => `m${index}\u202e`);
    const { differences } = compareBundles(
      bundleSummary({ model: { morphs }, modelVersion: '1' }),
      bundleSummary({ model: { morphs: [] }, modelVersion: '2' }),
    );
    const removed = differences.find(({ code }) => code === 'morphs-removed');
    expect(removed).toMatchObject({ more: 30 });
    expect(removed?.names).toHaveLength(50);
    expect(removed?.names?.join('')).not.toContain('\u202e');
  });

  it('follows an asset that moved, was renamed or changed its format', () => {
    const before = bundleSummary();
    const moved = { ...thumbnail, id: 'picture', path: 'thumbnail.webp', format: 'webp', sha256: 'f'.repeat(64) };
    const after = { ...before, digest: 'gab1:other', manifest: { ...before.manifest, thumbnail: 'picture' } };
    const { differences } = compareBundles(before, { ...after, assets: [moved, ...before.assets.slice(1)] });
    expect(differences.map(({ code }) => code)).toEqual(['asset-changed', 'asset-moved']);
    expect(differences[1]).toMatchObject({
      before: 'thumbnail.png',
      after: 'thumbnail.webp',
      names: ['thumb → picture'],
    });
  });

  it('calls two archives of one content the same but for their size', () => {
    const one = bundleSummary();
    expect(compareBundles(one, { ...one, sizeBytes: 21_000 })).toEqual({
      verdict: 'harmless',
      differences: [{ code: 'size-total', verdict: 'harmless', area: 'size', before: 20_000, after: 21_000 }],
    });
  });

  it('has words for a code that it does not know', () => {
    const text = explainDifference({ code: 'toString', verdict: 'visible', area: 'model', before: 1, after: null });
    expect(text).toMatchObject({
      title: 'Something else changed (toString)',
      what: 'It changed from 1 to none.',
      fix: null,
    });
  });
});
