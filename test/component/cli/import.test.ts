import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { opened } from '../../support/bundle-writer.ts';
import { dracoModel, meshoptModel } from '../../support/compressed-models.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeGlb, makePng } from '../../support/sample-assets.ts';
import { makePly } from '../../support/sample-splats.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildZip, type ZipEntry } from '../../support/zip-builder.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;
const flags = ['--name', 'Imported', '--author', 'Somebody', '--license', 'CC0-1.0'];

/** Writes the input and imports it; the bundle is opened if there is one. */
async function importFile(
  fileName: string,
  content: Uint8Array,
  args: readonly string[] = flags,
  answers?: readonly string[],
) {
  const folder = await tempFolder();
  const [input, out] = [join(folder, fileName), join(folder, 'out.gab')];
  await writeFile(input, content);
  const run = await runCli(['import', input, out, ...args], answers);
  const bundle = run.exitCode === 0 ? await opened(await readFile(out)) : null;
  return { ...run, folder, bundle };
}

async function pixelsOf(picture: Uint8Array) {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  return { width: info.width, height: info.height, at };
}

const red = { materials: [{ pbrMetallicRoughness: { baseColorFactor: [1, 0, 0, 1] } }] };
const redTriangle = makeGlb({
  json: { ...red, meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }] },
});
const skin = makeGlb({ morphs: ['jawOpen', 'mouthFunnel', 'mouthSmile_L', 'mouthSmileRight'] });
const lam: readonly ZipEntry[] = [
  { name: 'p2/', content: Buffer.alloc(0) },
  { name: 'p2/skin.glb', content: skin, deflate: true },
  { name: 'p2/offset.ply', content: makePly(4), deflate: true },
  { name: 'p2/animation.glb', content: makeGlb({ clips: ['take'] }) },
  { name: 'p2/vertex_order.json', content: Buffer.from('[2,0,1]') },
  { name: '__MACOSX/p2/._skin.glb', content: Buffer.from('finder') },
];

describe('gabinet import of models', () => {
  it('makes a bundle from a GLB, with rig, slots by clip names and visemes by morph names', async () => {
    const clips = ['Idle', 'Talk_Loop', 'WaveHand', 'Sit_Idle', 'ThinkHard', 'Goodbye', 'Death'];
    const nodes = ['Hips', 'Spine', 'LeftArm', 'RightArm', 'LeftUpLeg', 'RightUpLeg'].map((bone) => ({
      name: `mixamorig:${bone}`,
    }));
    const json = { nodes: [{ mesh: 0 }, ...nodes], skins: [{ joints: [1] }] };
    const { bundle, out } = await importFile(
      'a.glb',
      makeGlb({ clips, morphs: ['Face.viseme_aa', 'viseme_PP'], json }),
    );
    expect(out).toContain('out.gab: valid');
    expect(bundle?.manifest).toMatchObject({
      name: 'Imported',
      authors: [{ name: 'Somebody' }],
      license: { spdx: 'CC0-1.0' },
      version: '1.0.0',
      body: { type: 'model3d', main: 'body', rig: 'mixamo' },
      face: {
        visemes: {
          set: 'oculus15',
          map: { aa: [{ morph: 'Face.viseme_aa', weight: 1 }], PP: [{ morph: 'viseme_PP', weight: 1 }] },
        },
      },
      animations: {
        idle: ['body#Idle'],
        talking: ['body#Talk_Loop'],
        greeting: ['body#WaveHand'],
        thinking: ['body#ThinkHard'],
        farewell: ['body#Goodbye'],
      },
    });
  });

  it('accepts ID, version and thumbnail as flags', async () => {
    const folder = await tempFolder();
    const picture = join(folder, 'face.png');
    await writeFile(picture, makePng({ width: 300, height: 200, color: [10, 200, 90] }));
    const id = '2f1c9f6a-0000-4000-8000-00000000abcd';
    const { bundle } = await importFile('a.glb', makeGlb(), [
      ...flags,
      '--id',
      id,
      '--avatar-version',
      '2.1.0',
      '--thumbnail',
      picture,
    ]);
    expect(bundle?.manifest).toMatchObject({ id: `urn:uuid:${id}`, version: '2.1.0' });
    const { width, height, at } = await pixelsOf((await bundle?.readAsset('thumbnail')) ?? Buffer.alloc(0));
    expect([width, height, at(256, 256)]).toEqual([512, 512, [10, 200, 90]]);
  });

  it('draws the model if there is no picture', async () => {
    const { bundle } = await importFile('a.glb', redTriangle);
    const { width, at } = await pixelsOf((await bundle?.readAsset('thumbnail')) ?? Buffer.alloc(0));
    // The triangle covers the lower left half of its frame.
    const [inside, outside] = [at(150, 360), at(440, 80)];
    expect(width).toBe(512);
    expect(inside[0]).toBeGreaterThan(120);
    expect(inside.slice(1)).toEqual([0, 0]);
    expect(Math.min(...outside)).toBeGreaterThan(150);
  });

  it('uses the picture and the details in a VRM', async () => {
    const png = makePng({ width: 128, height: 128, color: [250, 120, 0] });
    const meta = { name: 'From the\u001b[2J model', authors: ['Its maker'], thumbnailImage: 0 };
    const preset = Object.fromEntries(
      ['aa', 'ih', 'ou', 'ee', 'oh'].map((name) => [name, { morphTargetBinds: [{ node: 0, index: 0, weight: 1 }] }]),
    );
    const json = {
      extensions: { VRMC_vrm: { meta, expressions: { preset } } },
      images: [{ uri: `data:image/png;base64,${png.toString('base64')}`, mimeType: 'image/png' }],
    };
    const { bundle, questions, error } = await importFile(
      'a.vrm',
      makeGlb({ json, morphs: ['A'] }),
      [],
      ['', '', 'LicenseRef-mine'],
    );
    expect(error).toBe('');
    expect(questions[0]).toBe('Avatar name [From the[2J model]: ');
    expect(bundle?.manifest).toMatchObject({
      name: 'From the[2J model',
      authors: [{ name: 'Its maker' }],
      license: { spdx: 'LicenseRef-mine' },
      body: { rig: 'vrm' },
    });
    expect(bundle?.manifest).not.toHaveProperty('face');
    const { at } = await pixelsOf((await bundle?.readAsset('thumbnail')) ?? Buffer.alloc(0));
    expect(at(256, 256)).toEqual([250, 120, 0]);
  });

  it.each([
    ['KHR_draco_mesh_compression', dracoModel([1, 2, 3])],
    ['EXT_meshopt_compression', meshoptModel([1, 2, 3])],
  ])('cannot draw %s and asks for a picture', async (_, glb) => {
    const run = await importFile('a.glb', glb);
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/compressed .+--thumbnail FILE/);
    const picture = join(run.folder, 'p.png');
    await writeFile(picture, makePng({ width: 512, height: 512 }));
    expect((await importFile('a.glb', glb, [...flags, '--thumbnail', picture])).exitCode).toBe(0);
  });
});

describe('drawing a hostile model', () => {
  const placed = (count: number) => ({
    scenes: [{ nodes: Array.from({ length: count }, (_, index) => index) }],
    nodes: Array.from({ length: count }, () => ({ mesh: 0 })),
  });
  // A triangle covers half of a picture of a million pixels.
  const traps: [string, Uint8Array][] = [
    ['one large triangle a thousand times', makeGlb({ json: placed(1000) })],
    [
      'a mesh of a million corners ten times',
      makeGlb({
        json: { ...placed(10), accessors: [{ bufferView: 0, componentType: 5121, count: 1_000_000, type: 'VEC3' }] },
      }),
    ],
  ];
  it.each(traps)('ends with %s', { timeout: 240_000 }, async (_, glb) => {
    const before = process.cpuUsage();
    const run = await importFile('a.glb', glb);
    expect(run).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('too many triangles to draw') as string,
    });
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(50);
  });

  it.each([
    [{ nodes: [{ mesh: 0, children: [0] }] }],
    [{ nodes: [{ mesh: 9 }] }],
    [{ accessors: [{ bufferView: 0, componentType: 5126, count: 999, type: 'VEC3' }] }],
    [{ bufferViews: [{ buffer: 0, byteOffset: 30, byteLength: 36 }] }],
    [{ nodes: [{ mesh: 0, scale: [0, 0, 0] }] }],
    [{ nodes: [{ mesh: 0, translation: [1e308, 1e308, Number.MAX_VALUE] }] }],
    [{ scenes: [{ nodes: ['0', null, -1, 7.5] }] }],
    [{ materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 3 }, baseColorFactor: ['a'] } }] }],
  ])('draws or refuses %j, and never crashes', async (json) => {
    const run = await importFile('a.glb', makeGlb({ json }));
    // Drawn, refused by the check, or a picture is asked for.
    expect([0, 1, 2]).toContain(run.exitCode);
    expect(run.error.includes('--thumbnail')).toBe(run.exitCode === 2);
  });
});

describe('gabinet import of archives', () => {
  it('recognizes a LAM avatar by its files', async () => {
    const { bundle, error } = await importFile('lam.zip', buildZip(lam));
    expect(error).toBe('');
    expect(bundle?.manifest).toMatchObject({
      body: {
        type: 'splat',
        main: 'offset',
        rig: 'flame',
        binding: { type: 'lam', model: 'skin', data: 'vertex-order' },
      },
      animations: { idle: ['animation'] },
      face: {
        visemes: {
          map: {
            O: [{ morph: 'mouthFunnel' }, { morph: 'jawOpen' }],
            E: [{ morph: 'jawOpen' }, { morph: 'mouthSmile_L' }, { morph: 'mouthSmileRight' }],
          },
        },
      },
    });
    expect(bundle?.manifest.assets.map(({ kind, path }) => [kind, path])).toEqual([
      ['thumbnail', 'thumbnail.png'],
      ['splat', 'splat/offset.ply'],
      ['model', 'model/skin.glb'],
      ['animation', 'animation/animation.glb'],
      ['data', 'data/vertex_order.json'],
    ]);
    expect(Buffer.from((await bundle?.readAsset('skin')) ?? [])).toEqual(skin);
  });

  it('recognizes a GVRM', async () => {
    const vrm = makeGlb({ json: { extensions: { VRM: { meta: { title: 'x' } } } } });
    const files = { 'model.vrm': vrm, 'model.ply': makePly(3), 'data.json': Buffer.from('{"a":1}') };
    const zip = buildZip(Object.entries(files).map(([name, content]) => ({ name, content, deflate: true })));
    const { bundle } = await importFile('a.gvrm', zip);
    expect(bundle?.manifest.body).toMatchObject({
      type: 'splat',
      main: 'splat',
      rig: 'vrm',
      binding: { type: 'gvrm', model: 'model', data: 'data' },
    });
  });

  it.each<[string, readonly ZipEntry[], RegExp]>([
    [
      'a path that leaves the folder',
      [{ name: '../skin.glb', content: skin }, ...lam.slice(2)],
      /isn't safe.+GAB_E_PATH/s,
    ],
    ['a bomb', [...lam, { name: 'x', content: Buffer.alloc(9_000_000), deflate: true }], /isn't safe.+GAB_E_RATIO/s],
    [
      'a link',
      [...lam, { name: 'x', content: Buffer.from('/etc'), madeBy: 0x0314, externalAttributes: 0xa1ff0000 }],
      /isn't safe.+GAB_E_ZIP_NOT_REGULAR/s,
    ],
    [
      'a wrong checksum',
      [{ name: 'skin.glb', content: skin, both: { crc32: 1 } }, ...lam.slice(2)],
      /skin\.glb in the archive is damaged/,
    ],
    [
      'a wrong size',
      [{ name: 'skin.glb', content: skin, both: { size: skin.byteLength - 1 } }, ...lam.slice(2)],
      /damaged/,
    ],
    ['a header in another place', [{ name: 'skin.glb', content: skin, offset: 7 }, ...lam.slice(2)], /damaged/],
    ['an encrypted file', [{ name: 'skin.glb', content: skin, both: { flags: 1 } }, ...lam.slice(2)], /encrypted/],
    [
      'another compression',
      [{ name: 'skin.glb', content: skin, both: { method: 14 } }, ...lam.slice(2)],
      /unsupported compression/,
    ],
    ['two files with one name', [...lam, { name: 'q/skin.glb', content: skin }], /two files named skin\.glb/],
    ['none of the expected files', [{ name: 'a.txt', content: Buffer.from('a') }], /neither a LAM avatar/],
    [
      'a file that is not a model',
      [{ name: 'skin.glb', content: Buffer.from('<html>') }, ...lam.slice(2)],
      /skin\.glb is a web page/,
    ],
  ])('refuses %s and writes nothing', async (_, entries, expected) => {
    const { exitCode, error, folder } = await importFile('evil.zip', buildZip(entries));
    expect(error).toMatch(expected);
    expect(exitCode).toBe(2);
    expect(await readdir(folder)).toEqual(['evil.zip']);
  });

  it('refuses a bundle and a truncated archive', async () => {
    const gab = await readFile(join(fixtures, 'gab/minimal.gab'));
    expect((await importFile('a.zip', gab)).error).toContain('the file is already a bundle');
    expect((await importFile('a.zip', buildZip(lam).subarray(0, -30))).exitCode).toBe(2);
  });
});

describe('questions of gabinet import', () => {
  it('are not asked without a terminal: the missing flags are named', async () => {
    const run = await importFile('a.glb', makeGlb(), ['--author', 'me']);
    expect(run).toMatchObject({ exitCode: 2, error: expect.stringContaining('missing --name, --license') as string });
  });

  it('ask for missing details, again after an empty line, and give up in the end', async () => {
    const run = await importFile('a.glb', makeGlb(), ['--author', 'me'], ['', 'Named', 'MIT']);
    expect(run.questions).toHaveLength(3);
    expect(run.bundle?.manifest).toMatchObject({ name: 'Named', license: { spdx: 'MIT' } });
    const silent = await importFile('a.glb', makeGlb(), [], []);
    expect(silent).toMatchObject({ exitCode: 2, error: expect.stringContaining('no answer for --name') as string });
  });

  it.each([
    [['--id', 'mine'], '--id must be a UUID'],
    [['--thumbnail', join(fixtures, 'LICENSES.md')], "isn't a PNG, JPEG or WebP picture"],
    [['--thumbnail', '/nowhere.png'], 'file not found'],
  ])('are not asked for the invalid flag %j', async (args, message) => {
    const run = await importFile('a.glb', makeGlb(), [...flags, ...args]);
    expect(run).toMatchObject({ exitCode: 2, error: expect.stringContaining(message) as string });
  });

  it('are not asked if the file cannot be imported or would be overwritten', async () => {
    expect((await importFile('a.fbx', makeGlb())).error).toContain('rename it to end in .glb');
    expect((await importFile('a.glb', Buffer.from('no model'))).error).toContain("isn't a binary glTF");
    const folder = await tempFolder();
    await mkdir(join(folder, 'there.gab'));
    expect((await runCli(['import', 'a.glb', join(folder, 'there.gab')])).error).toContain('--force');
  });

  it('are followed by findings and exit code 1 if the bundle is invalid', async () => {
    const json = { images: [{ uri: 'http://example.com/a.png' }] };
    const run = await importFile('a.glb', makeGlb({ json }));
    expect([run.exitCode, run.error.includes('GAB_E_GLB_EXTERNAL_URI')]).toEqual([1, true]);
  });
});
