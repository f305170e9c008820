import { afterAll, describe, expect, it } from 'vitest';
import { startModelLoader } from '../../../scripts/models/loading/model-loader.ts';
import { avifModel, dracoModel, ktx2Model, meshoptModel, webpModel } from '../../support/compressed-models.ts';
import { makeGlb } from '../../support/sample-assets.ts';
import { makePly, makeSpz } from '../../support/sample-splats.ts';
import { makeVrm, makeVrma } from '../../support/vrm-models.ts';

const loader = startModelLoader();
afterAll(() => loader.close());

const LOADED = { ok: true, faults: [], expressions: expect.any(Array), messages: [] };

describe('the loaders without a browser', () => {
  it.each([
    ['plain', () => makeGlb({ morphs: ['A'], clips: ['Idle'] })],
    ['Draco', () => dracoModel([1, 2, 3])],
    ['meshopt', () => meshoptModel([1, 2, 3])],
    ['Basis', () => ktx2Model([1, 2, 3])],
    ['WebP', () => webpModel([1, 2, 3])],
    ['AVIF', () => avifModel([1, 2, 3])],
    ['VRM', () => makeVrm([1, 2, 3])],
    ['VRMA', () => makeVrma()],
  ])('load a %s model', async (_, makeModel) => {
    expect(await loader.load(await makeModel())).toEqual(LOADED);
  });

  it.each([
    ['a PLY splat', () => makePly(5), 'ply'],
    ['an SPZ splat in gzip', () => makeSpz({ version: 3, points: 40, degree: 1 }), 'spz'],
    ['an SPZ splat of streams', () => makeSpz({ version: 4, points: 40 }), 'spz'],
  ] as const)('load %s', async (_, makeSplat, format) => {
    expect(await loader.load(makeSplat(), format)).toEqual(LOADED);
    expect(await loader.load(makeSplat().subarray(0, -30), format)).toMatchObject({ ok: false });
  });

  it('report why a model cannot be loaded, then load the next one', async () => {
    const broken = await loader.load(makeGlb({ json: { nodes: [{ mesh: 7 }] } }));
    expect(broken).toMatchObject({ ok: false, error: expect.stringContaining('primitives') });
    expect(await loader.load(makeGlb())).toEqual(LOADED);
  });

  it('report a node that is its own child instead of never finishing', async () => {
    expect(await loader.load(makeGlb({ json: { nodes: [{ children: [0] }] } }))).toMatchObject({ ok: false });
  });

  it('report a model that is loaded but cannot be drawn', async () => {
    const bytes = makeGlb({ json: { nodes: [{ name: 'Body', mesh: 0 }] } });
    // The first coordinate of the first vertex: 36 bytes of positions end the file.
    bytes.writeFloatLE(Number.NaN, bytes.byteLength - 36);
    expect(await loader.load(bytes)).toMatchObject({ ok: true, faults: ['mesh Body: positions are not finite'] });
  });

  it.each([
    [
      'a place that is a text',
      { nodes: [{ mesh: 0, translation: ['1', 0, 0] }] },
      'node mesh_0: its place is not made of numbers',
    ],
    ['a missing scene', { scene: 4 }, 'the scene to show is missing'],
    ['a color of two', { materials: [{ emissiveFactor: [1, 1] }] }, 'mesh mesh_0: emissive is not made of numbers'],
  ])('report %s as drawn wrong', async (_, json, fault) => {
    const meshes = [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }];
    const outcome = await loader.load(makeGlb({ json: { meshes, materials: [{}], ...json } }));
    expect(outcome).toMatchObject({ ok: true, faults: [fault] });
  });

  it('report keyframes of the wrong size', async () => {
    const channels = [{ sampler: 0, target: { node: 0, path: 'rotation' } }];
    const animations = [{ name: 'Turn', samplers: [{ input: 1, output: 2 }], channels }];
    const outcome = await loader.load(makeGlb({ clips: ['Turn'], json: { animations } }));
    expect(outcome).toMatchObject({ ok: true, faults: ['animation Turn: 3 values for a keyframe'] });
  });

  it('report what a damaged mesh shows although no scene names it', async () => {
    const json = { scene: undefined, scenes: undefined, nodes: [{ name: 'Body', mesh: 0 }] };
    const bytes = makeGlb({ json });
    expect(await loader.load(bytes)).toEqual(LOADED);
    bytes.writeFloatLE(Number.NaN, bytes.byteLength - 36);
    expect(await loader.load(bytes)).toMatchObject({ ok: true, faults: ['mesh Body: positions are not finite'] });
  });

  it('report a picture that cannot be decoded as a message', async () => {
    const images = [{ uri: 'data:image/png;base64,AAAA' }];
    const materials = [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }];
    const meshes = [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }];
    const outcome = await loader.load(makeGlb({ json: { images, materials, meshes, textures: [{ source: 0 }] } }));
    expect(outcome).toMatchObject({ ok: true, messages: [expect.stringContaining("Couldn't load texture")] });
  });
});
