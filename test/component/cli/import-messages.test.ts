import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../support/bundle-builder.ts';
import { opened } from '../../support/bundle-writer.ts';
import { LFS_POINTER } from '../../support/expect-sentence.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeGlb, makePng } from '../../support/sample-assets.ts';
import { makePly } from '../../support/sample-splats.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildZip, type ZipEntry } from '../../support/zip-builder.ts';

const details = ['--name', 'Mara', '--author', 'Ann', '--license', 'CC0-1.0'];
const text = (content: string) => Buffer.from(content, 'latin1');

async function importFile(fileName: string, content: Uint8Array) {
  const folder = await tempFolder();
  const [input, out] = [join(folder, fileName), join(folder, 'out.gab')];
  await writeFile(input, content);
  return { ...(await runCli(['import', input, out, ...details])), folder, bundleFile: out };
}

const zipOf = (files: Readonly<Record<string, Uint8Array | string>>) =>
  buildZip(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })));

/** The files of a LAM avatar; `separator` stands between their folder and their names. */
function lam(changes: Readonly<Record<string, Uint8Array>> = {}, separator = '/'): ZipEntry[] {
  const files = {
    'skin.glb': makeGlb(),
    'offset.ply': makePly(2),
    'animation.glb': makeGlb({ clips: ['take'] }),
    'vertex_order.json': text('[2,0,1]'),
    ...changes,
  };
  return Object.entries(files).map(([name, content]) => ({ name: `james${separator}${name}`, content }));
}

const UNPACK = 'Unpack the archive, then make a bundle of the model in it with “gabinet import”.';

const inputs: readonly (readonly [fileName: string, content: Uint8Array, message: string])[] = [
  ['empty.glb', Buffer.alloc(0), 'empty.glb is empty. A save or a download was probably interrupted.'],
  ['a.vrm', text('<!DOCTYPE html><html>404</html>'), 'a.vrm is a web page. If you downloaded it, the server'],
  ['a.vrm', LFS_POINTER, 'a.vrm is a Git LFS pointer, a short text that stands for the real file. Fetch'],
  ['a.glb', text('{"asset":{"version":"2.0"}}'), 'a.glb is a glTF model as text (.gltf). Open it in a 3D program'],
  ['a.gltf', text('{"asset":{"version":"2.0"}}'), 'a.gltf is a glTF model as text (.gltf).'],
  ['a.glb', text('Kaydara FBX Binary  \0\x1a\0'), 'a.glb is an FBX model.'],
  ['a.fbx', makeGlb(), 'a.fbx is a binary glTF model; rename it to end in .glb, or in .vrm if it is a VRM'],
  ['a.vrma', makeGlb(), 'a.vrma is a VRM animation. An animation alone is not an avatar.'],
  ['a.glb', text('something else'), "a.glb isn't a binary glTF model, and its format is unknown."],
  ['a.ply', makePly(1), 'a.ply is a Gaussian splat in PLY format. Put it into a folder with a manifest.json'],
  ['card.png', makePng({ width: 8, height: 8 }), 'card.png is a PNG picture. A picture can be the thumbnail or'],
  ['a.zip', zipOf({ 'a/Mara.vrm': makeGlb(), 'a/terms.txt': 'x' }), `a ZIP archive with a model (Mara.vrm). ${UNPACK}`],
  ['a.vrm', zipOf({ 'Mara.vrm': makeGlb() }), `the file is a ZIP archive with a model (Mara.vrm). ${UNPACK}`],
  ['a.zip', zipOf({ 'a.vrm': makeGlb(), 'b.vrm': makeGlb() }), `a ZIP archive with several models. ${UNPACK}`],
  [
    'a.zip',
    zipOf({ 'scene.gltf': '{}', 'scene.bin': 'x' }),
    'a ZIP archive with a glTF model in several files (.gltf)',
  ],
  [
    'airi.zip',
    zipOf({ 'manifest.json': '{}', 'card.json': '{}', 'models/mara.vrm': makeGlb() }),
    "the file is a character card with a model (mara.vrm). The texts of the card can't be imported yet.",
  ],
  [
    'card.charx',
    zipOf({ 'card.json': '{}', 'assets/main.png': makePng({ width: 8, height: 8 }) }),
    "the file is a character card with its pictures. Character cards can't be imported yet.",
  ],
  ['a.usdz', zipOf({ 'scene.usdc': 'x' }), 'the file is a ZIP archive with a model in another format (scene.usdc)'],
  ['a.zip', zipOf({ 'a.txt': 'x' }), 'the archive contains no avatar. It is neither a LAM avatar'],
  ['a.zip', buildZip(lam()).subarray(0, -30), 'the archive is cut off; copy or download it again'],
  ['a.zip', buildZip(lam(), { directorySize: 9 }), 'the archive is damaged; copy or download it again'],
  ['a.zip', buildZip(lam(), { entries: 0xffff }), 'the archive uses ZIP64 or several disks'],
  ['a.zip', buildZip([]), 'the archive is empty'],
  ['a.zip', buildBundle(), 'the file is already a bundle; check it with “gabinet validate”'],
  ['a.epub', zipOf({ mimetype: 'application/epub+zip' }), 'the file is a document of another program'],
  ['a.zip', buildZip(lam({ 'skin.glb': LFS_POINTER })), 'skin.glb is a Git LFS pointer'],
];
const cases = inputs.map(([fileName, content, message]) => ({ fileName, content, message }));

describe('gabinet import says what the file is, and what to do', () => {
  it.each(cases)('$message', async ({ fileName, content, message }) => {
    const run = await importFile(fileName, content);
    expect(run.error).toContain(message);
    expect(run).toMatchObject({ exitCode: 2, out: '' });
    expect(await readdir(run.folder)).toEqual([fileName]);
  });

  it.each<[string, string, Uint8Array, RegExp]>([
    ['a model that is cut off', 'a.glb', makeGlb().subarray(0, -4), /GAB_E_GLB in model\/body\.glb\n.+it is cut off/],
    [
      'data longer than described',
      'a.glb',
      makeGlb({ json: { buffers: [{ byteLength: 32 }] } }),
      /its data is longer than its description says/,
    ],
    [
      'a packed splat',
      'a.zip',
      buildZip(lam({ 'offset.ply': makePly(0, [], ['property uint packed_position']) })),
      /“splat\/offset\.ply” is a compressed splat of SuperSplat, which isn't supported\.\n.+\n.+as uncompressed PLY or as SPZ/,
    ],
    [
      'a byte order mark',
      'a.zip',
      buildZip(lam({ 'vertex_order.json': text('\xef\xbb\xbf[2,0,1]') })),
      /it starts with a byte order mark/,
    ],
  ])('and writes nothing with %s', async (_, fileName, content, message) => {
    const run = await importFile(fileName, content);
    expect(run.error).toMatch(message);
    expect(run.exitCode).toBe(1);
    expect(await readdir(run.folder)).toEqual([fileName]);
  });
});

it.each([
  ['photo.heic', text('\0\0\0\x18ftypheic\0\0\0\0'), "isn't a PNG, JPEG or WebP picture: it is a HEIC picture\n"],
  ['cut.png', makePng({ width: 8, height: 8 }).subarray(0, 40), "isn't a PNG, JPEG or WebP picture that can be read\n"],
])('gabinet import says what is wrong with the thumbnail %s', async (name, picture, message) => {
  const folder = await tempFolder();
  await writeFile(join(folder, name), picture);
  await writeFile(join(folder, 'a.glb'), makeGlb());
  const [input, out, file] = [join(folder, 'a.glb'), join(folder, 'out.gab'), join(folder, name)];
  const run = await runCli(['import', input, out, ...details, '--thumbnail', file]);
  expect(run.error).toContain(message);
  expect(run.exitCode).toBe(2);
});

describe('gabinet import of a LAM avatar', () => {
  it('names the files that it leaves out', async () => {
    const extras = { 'bsData.json': text('{"names":[]}'), 'README.txt': text('hi'), 'preview.png': text('x') };
    const run = await importFile('lam.zip', buildZip([...lam(extras), { name: '__MACOSX/._a', content: text('x') }]));
    expect(run.error).toBe('');
    expect(run.out).toContain("Left out, because it isn't part of the avatar: bsData.json, README.txt, preview.png.\n");
  });

  it('says nothing about files left out if there are none', async () => {
    expect((await importFile('lam.zip', buildZip(lam()))).out).not.toContain('Left out');
  });

  it('reads backslashes between folders like every unzip tool', async () => {
    const run = await importFile('lam.zip', buildZip(lam({}, '\\')));
    expect(run).toMatchObject({ exitCode: 0, error: '' });
    const bundle = await opened(await readFile(run.bundleFile));
    expect(bundle.manifest.body).toMatchObject({ binding: { type: 'lam', model: 'skin', data: 'vertex-order' } });
  });

  it('refuses a path that leaves its folder with backslashes too, without talking of a bundle', async () => {
    const evil = [{ name: '..\\..\\skin.glb', content: makeGlb() }, ...lam().slice(1)];
    const run = await importFile('lam.zip', buildZip(evil));
    expect(run.error).toContain('leads out of the folder into which the archive is unpacked');
    expect(run.error).not.toContain('bundle');
    expect(run.exitCode).toBe(2);
  });
});
