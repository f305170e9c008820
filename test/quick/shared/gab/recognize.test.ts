import { describe, expect, it } from 'vitest';
import { recognizeArchive } from '../../../../shared/gab/recognize/recognize-archive.ts';
import { type FileType, recognizeBytes } from '../../../../shared/gab/recognize/recognize-bytes.ts';
import { describeType } from '../../../../shared/gab/recognize/texts.en.ts';
import { threadCpuMs } from '../../../support/cpu-time.ts';
import { makeGlb, makePng, noise } from '../../../support/sample-assets.ts';
import { makePly, makeSpz } from '../../../support/sample-splats.ts';
import { buildZip } from '../../../support/zip-builder.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const zipOf = (...names: string[]) => buildZip(names.map((name) => ({ name, content: latin1('x') })));
const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345678\n';

const files: [FileType | null, string, Uint8Array][] = [
  ['empty', 'no bytes', Buffer.alloc(0)],
  ['git-lfs-pointer', 'a pointer', latin1(LFS)],
  ['web-page', 'a web page', latin1('<!DOCTYPE html><html><body>404 Not Found</body></html>')],
  ['web-page', 'a web page after a byte order mark', latin1('\xef\xbb\xbf\n<html lang="en">')],
  ['svg', 'a drawing', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['glb', 'a GLB', makeGlb()],
  ['gltf-text', 'a glTF as text', latin1('{"asset":{"version":"2.0"}}')],
  ['gltf-text', 'one after a byte order mark that begins with accessors', latin1('\xef\xbb\xbf{\n "accessors" : []}')],
  ['json', 'other JSON', latin1('{"a":1}')],
  ['fbx', 'a binary FBX', latin1('Kaydara FBX Binary  \0\x1a\0')],
  ['fbx', 'a text FBX', latin1('; FBX 7.4.0 project file\n')],
  ['obj', 'an OBJ', latin1('# Blender 4.2\n# www.blender.org\nmtllib a.mtl\no Cube\nv 1 2 3\n')],
  ['obj', 'an OBJ without comments', latin1('v 1.0 2.0 3.0\r\nv 1 2 3\r\n')],
  ['blend', 'a Blender file', latin1('BLENDER-v402')],
  ['usd', 'a binary USD', latin1('PXR-USDC\0\0')],
  ['usd', 'a text USD', latin1('#usda 1.0\n')],
  ['usdz', 'a USDZ', zipOf('scene.usdc', 'textures/a.png')],
  ['zip', 'a ZIP', zipOf('a.txt')],
  ['ply-splat', 'a splat', makePly(2)],
  ['ply-mesh', 'a mesh', makePly(0, ['x', 'y', 'z'], ['element face 1', 'property list uchar int vertex_indices'])],
  ['ply-supersplat', 'a packed splat', makePly(0, [], ['property uint packed_position'])],
  ['ply', 'a PLY with a long header', Buffer.concat([latin1('ply\ncomment '), Buffer.alloc(5000, 'a')])],
  ['spz', 'an SPZ of version 4', makeSpz({ version: 4, points: 1 })],
  ['gzip', 'an SPZ of version 3', makeSpz({ version: 3, points: 1 })],
  ['png', 'a PNG', makePng({ width: 8, height: 8 })],
  ['jpeg', 'a JPEG', latin1('\xff\xd8\xff\xe0')],
  ['gif', 'a GIF', latin1('GIF89a')],
  ['heic', 'a picture of a phone', latin1('\0\0\0\x18ftypheic\0\0\0\0')],
  ['avif', 'an AVIF', latin1('\0\0\0\x1cftypavif\0\0\0\0')],
  ['mp4', 'a sound in MP4', latin1('\0\0\0\x1cftypM4A \0\0\0\0')],
  ['bmp', 'a BMP', latin1('BM\x36\0\0\0\0\0\0\0\x36')],
  ['tiff', 'a TIFF', latin1('II*\0\x08')],
  ['flac', 'a FLAC', latin1('fLaC\0')],
  ['webp', 'a WebP', latin1('RIFF\0\0\0\0WEBPVP8 ')],
  [null, 'a sound', latin1('RIFF\0\0\0\0WAVEfmt ')],
  [null, 'plain text', latin1('Hello, this is a text\n')],
  [null, 'plain text that begins like a BMP', latin1('BMW and others, in words\n')],
  [null, 'a list in JSON', latin1('[1,2]')],
  [null, 'noise', Buffer.concat([latin1('no'), noise(500)])],
];

describe('recognizeBytes', () => {
  it.each(files)('says %s for %s', (type, _, bytes) => {
    expect(recognizeBytes(bytes.subarray(0, 4096))).toBe(type);
    if (type !== null) expect(describeType(type)?.way).toMatch(/^\p{Lu}.+\.$/u);
  });

  it('needs no more than it gets: every prefix of every sample has an answer', () => {
    for (const [, , bytes] of files)
      for (let end = 0; end <= Math.min(bytes.byteLength, 120); end += 1)
        expect(() => recognizeBytes(bytes.subarray(0, end))).not.toThrow();
  });

  it('is quick with a text that nearly is an OBJ', () => {
    const hostile = latin1(`${'# \n \n'.repeat(800)}o`.slice(0, 4096));
    const before = threadCpuMs();
    recognizeBytes(hostile);
    expect(threadCpuMs(before)).toBeLessThan(200);
  });
});

describe('recognizeArchive', () => {
  it.each<[ReturnType<typeof recognizeArchive>, string[]]>([
    [{ type: 'lam-archive' }, ['p2/skin.glb', 'p2/offset.ply', 'p2/animation.glb', 'p2/vertex_order.json']],
    [{ type: 'lam-archive' }, ['james\\skin.glb', 'james\\offset.ply']],
    [{ type: 'gvrm-archive' }, ['model.vrm', 'model.ply', 'data.json']],
    [{ type: 'card-archive' }, ['card.json', 'assets/icon/image/main.png']],
    [{ type: 'card-and-model-archive', file: 'mara.vrm' }, ['manifest.json', 'card.json', 'models/mara.vrm']],
    [
      { type: 'model-archive', file: 'Mara.vrm' },
      ['Mara_v1.2/', 'Mara_v1.2/Mara.vrm', '__MACOSX/Mara_v1.2/._Mara.vrm'],
    ],
    [{ type: 'models-archive' }, ['a.vrm', 'b.glb']],
    [{ type: 'gltf-archive' }, ['scene.gltf', 'scene.bin', 'textures/a.png']],
    [{ type: 'other-model-archive', file: 'Mara.fbx' }, ['Mara.fbx', 'a.png']],
    [{ type: 'live2d-archive' }, ['mara.model3.json', 'mara.moc3']],
    [{ type: 'splat-archive', file: 'room.ply' }, ['room.ply', 'readme.txt']],
    [null, ['a.txt', '._b.glb', 'folder/']],
  ])('says %j for %j', (expected, names) => {
    expect(recognizeArchive(names)).toEqual(expected);
    if (expected) expect(describeType(expected.type, expected.file)?.way).toMatch(/^\p{Lu}.+\.$/u);
  });
});

it('describeType names the file, and knows nothing of types of a newer server', () => {
  expect(describeType('model-archive', 'Mara.vrm')?.is).toBe('a ZIP archive with a model (Mara.vrm)');
  expect([describeType('future'), describeType('constructor'), describeType('')]).toEqual([null, null, null]);
});
