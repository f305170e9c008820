import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { bundleSummarySchema } from '../../../../../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../../../../../shared/gab/compare/compare-bundles.ts';
import { summarizeBundle } from '../../../../../shared/gab/compare/summarize-bundle.ts';
import {
  MAX_SUMMARY_CHARS,
  MAX_SUMMARY_NAMES,
  MAX_SUMMARY_TEXTURES,
} from '../../../../../shared/gab/compare/summary-limits.ts';
import { type BundleAsset, type BundleOptions, buildBundle } from '../../../../support/bundle-builder.ts';
import { testCodec } from '../../../../support/inspect-bytes.ts';
import { makeGlb, makePng, noise, OCULUS_MORPHS } from '../../../../support/sample-assets.ts';

function model(content: Uint8Array, change: Partial<BundleAsset> = {}): BundleAsset {
  return { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content, deflate: true, ...change };
}

const BODY = { body: { type: 'model3d', main: 'body' } };

async function summaryOf(options: BundleOptions, bytes = buildBundle(options)) {
  const { report, summary } = await summarizeBundle(bytesSource(bytes), {
    fileName: 'avatar.gab',
    policy: 'strict',
    codec: testCodec,
  });
  if (!summary) throw new Error(`no summary: ${JSON.stringify(report.issues)}`);
  return bundleSummarySchema.parse(summary);
}

const modelOf = async (glb: Uint8Array) => {
  const { assets } = await summaryOf({ assets: [model(glb)], manifest: BODY });
  return assets.find(({ id }) => id === 'body')?.model;
};

function ktx2(width: number, height: number): Buffer {
  const header = Buffer.alloc(80);
  header.write('\xabKTX 20\xbb\r\n\x1a\n', 'latin1');
  header.writeUInt32LE(width, 20);
  header.writeUInt32LE(height, 24);
  return header;
}

/** A JPEG with its size after `metadataBytes` of metadata. */
function jpeg(metadataBytes: number): Buffer {
  const metadata = Buffer.alloc(metadataBytes + 4, 1);
  metadata.set([0xff, 0xed]);
  metadata.writeUInt16BE(metadataBytes + 2, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 1, 44, 2, 0, 1, 1, 17, 0]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), metadata, frame, Buffer.from([0xff, 0xda, 0, 2])]);
}

/** A model with these pictures in its binary chunk, after its triangle. */
function withImages(images: readonly { readonly bytes: Buffer; readonly fields: object }[], more: object = {}): Buffer {
  let at = 36;
  const views = images.map(({ bytes }) => {
    const view = { buffer: 0, byteOffset: at, byteLength: bytes.byteLength };
    at += bytes.byteLength;
    return view;
  });
  const json = {
    bufferViews: [{ buffer: 0, byteLength: 36 }, ...views],
    images: images.map(({ fields }, index) => ({ bufferView: index + 1, ...fields })),
    ...more,
  };
  return makeGlb({ binary: Buffer.concat(images.map(({ bytes }) => bytes)), json });
}

describe('summarizeBundle', () => {
  it('summarizes every kind of asset', async () => {
    const summary = await summaryOf({
      assets: [model(makeGlb({ morphs: OCULUS_MORPHS, clips: ['Idle'] }))],
      manifest: BODY,
    });
    expect(summary).toMatchObject({
      bodyType: 'model3d',
      digest: expect.stringMatching(/^gab1:[0-9a-f]{64}$/),
      manifest: { format: 'gab', name: 'Built avatar' },
      visemes: { source: 'names', covered: 'PP FF TH DD kk CH SS nn RR aa E I O U'.split(' ') },
    });
    expect(summary.assets.map(({ id, image }) => [id, image])).toEqual([
      ['thumb', { width: 512, height: 512 }],
      ['body', null],
    ]);
    expect(summary.assets[1]?.model).toMatchObject({ meshes: 1, triangles: 1, vertices: 3, clips: ['Idle'] });
  });

  it('reads the sizes of pictures inside a model in the same pass', async () => {
    const png = makePng({ width: 300, height: 200 });
    // The metadata of this one ends after the file.
    const cut = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]), noise(400)]);
    const glb = withImages([
      { bytes: png, fields: { name: 'skin', mimeType: 'image/png' } },
      { bytes: ktx2(1024, 512), fields: { name: 'hair', mimeType: 'image/ktx2' } },
      { bytes: jpeg(20_000), fields: { mimeType: 'image/jpeg' } },
      { bytes: jpeg(50_000), fields: { name: 'late', mimeType: 'image/jpeg' } },
      { bytes: cut, fields: { name: 'skin', mimeType: 'image/jpeg' } },
    ]);
    expect((await modelOf(glb))?.textures).toEqual([
      { name: 'skin', format: 'png', width: 300, height: 200, sizeBytes: png.byteLength },
      { name: 'hair', format: 'ktx2', width: 1024, height: 512, sizeBytes: 80 },
      { name: '#2', format: 'jpeg', width: 512, height: 300, sizeBytes: jpeg(20_000).byteLength },
      // After more metadata than is kept.
      { name: 'late', format: 'jpeg', width: null, height: null, sizeBytes: jpeg(50_000).byteLength },
      { name: 'skin (2)', format: 'jpeg', width: null, height: null, sizeBytes: cut.byteLength },
    ]);
  });

  it('reads pictures in data: URLs', async () => {
    const png = makePng({ width: 64, height: 32 });
    const uri = `data:image/png;base64,${png.toString('base64')}`;
    const late = `data:image/jpeg;base64,${Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64')}`;
    const glb = makeGlb({ json: { images: [{ name: 'inline', uri }, { uri: late }] } });
    expect((await modelOf(glb))?.textures).toEqual([
      { name: 'inline', format: 'png', width: 64, height: 32, sizeBytes: png.byteLength },
      { name: '#1', format: 'jpeg', width: null, height: null, sizeBytes: 4 },
    ]);
  });

  it('lists joints, clip targets and the bones of a VRM', async () => {
    const glb = makeGlb({
      clips: ['Wave'],
      json: {
        nodes: [{ mesh: 0, name: 'Root' }, { name: 'Hips' }, {}],
        skins: [{ joints: [1, 2] }, { joints: [2] }],
        extensions: { VRMC_vrm: { humanoid: { humanBones: { hips: { node: 1 }, head: { node: 2 } } } } },
      },
    });
    expect(await modelOf(glb)).toMatchObject({
      joints: ['#2', 'Hips'],
      clipTargets: ['Root'],
      humanBones: ['head', 'hips'],
      isVrm: true,
    });
  });

  it('is null for an invalid bundle', async () => {
    const read = (bytes: Uint8Array) =>
      summarizeBundle(bytesSource(bytes), { fileName: 'a.gab', policy: 'lenient', codec: testCodec });
    expect((await read(Buffer.from('something else'))).summary).toBeNull();
    expect((await read(buildBundle({ manifest: { minRuntime: 1 } }))).summary).toBeNull();
  });

  it('stays small, however long the names in a model are', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}${'n'.repeat(400)}`);
    const uri = `data:image/png;base64,${makePng({ width: 8, height: 8 }).toString('base64')}`;
    const parts = (count: number) => names(count).map((name) => ({ name }));
    const json = {
      materials: parts(2500),
      images: parts(600).map((part) => ({ ...part, uri })),
      bufferViews: [{ buffer: 0, byteLength: 36 }],
    };
    const glb = makeGlb({ morphs: names(2500), clips: names(2500), json });
    const assets = [1, 2].map((number) => model(glb, { id: `m${number}`, path: `model/m${number}.glb` }));
    const summary = await summaryOf({ assets: [model(glb), ...assets], manifest: BODY });
    const first = summary.assets[1]?.model;
    expect(first?.morphs.length).toBeLessThanOrEqual(MAX_SUMMARY_NAMES);
    expect(first?.textures.length).toBeLessThanOrEqual(MAX_SUMMARY_TEXTURES);
    expect(JSON.stringify(summary).length).toBeLessThan(2 * MAX_SUMMARY_CHARS);
    expect(compareBundles(summary, structuredClone(summary)).verdict).toBe('same');
  });

  it('keeps the names of a newer minor version', async () => {
    const hologram = { id: 'h', kind: 'hologram', format: 'holo', path: 'holo/h.holo', content: Buffer.from('x') };
    const summary = await summaryOf({ assets: [hologram], manifest: { gabVersion: '1.7' } });
    expect(summary.assets.at(-1)).toMatchObject({ kind: 'hologram', format: 'holo' });
  });

  it('shows how renamed morphs affect the mouth, for two real files', async () => {
    const version = (morphs: readonly string[]) => summaryOf({ assets: [model(makeGlb({ morphs }))], manifest: BODY });
    const before = await version(OCULUS_MORPHS);
    const after = await version(OCULUS_MORPHS.map((morph) => `Head_${morph}`));
    const { verdict, differences } = compareBundles(before, after);
    expect(verdict).toBe('breaks-runtime');
    expect(differences.filter((one) => one.verdict === verdict).map(({ code }) => code)).toEqual([
      'morphs-renamed',
      'viseme-source',
      'visemes-lost',
    ]);
    expect(differences[0]).toMatchObject({
      path: 'model/body.glb',
      names: expect.arrayContaining(['viseme_aa → Head_viseme_aa']),
    });
  });
});
