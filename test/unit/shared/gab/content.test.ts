import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../../shared/gab/content/image-header.ts';
import { readModelFacts } from '../../../../shared/gab/content/model-facts.ts';
import { checkPly } from '../../../../shared/gab/content/ply-checks.ts';
import { checkSpz } from '../../../../shared/gab/content/spz-checks.ts';
import { testCodec } from '../../../support/inspect-bytes.ts';
import { noise } from '../../../support/sample-assets.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

function jpeg(...segments: readonly (readonly [marker: number, data: Buffer])[]): Buffer {
  const parts = segments.map(([marker, data]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.byteLength + 2, 2);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xda, 0, 2])]);
}
const FRAME = Buffer.from([8, 1, 44, 2, 0, 3]);

function webp(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.byteLength);
  return Buffer.concat([latin1('RIFF\0\0\0\0WEBP'), latin1(type), size, data, Buffer.alloc(20)]);
}

describe('picture headers', () => {
  it('of a JPEG: baseline and progressive, with fill bytes and metadata', () => {
    expect(readImageHeader(jpeg([0xc0, FRAME]), 'jpeg').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: false,
    });
    const withExif = jpeg([0xe1, latin1('Exif\0\0MM')], [0xc4, Buffer.alloc(40)], [0xc2, FRAME]);
    expect(readImageHeader(withExif, 'jpeg').header).toMatchObject({ width: 512, hasMetadata: true });
    const withXmp = jpeg([0xe1, latin1('http://ns.adobe.com/xap/1.0/\0<x/>')], [0xc0, FRAME]);
    expect(readImageHeader(withXmp, 'jpeg').header?.hasMetadata).toBe(true);
    const filled = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xff]), jpeg([0xc0, FRAME]).subarray(2)]);
    expect(readImageHeader(filled, 'jpeg').header?.height).toBe(300);
  });

  it('of a JPEG without a frame before its data: unreadable', () => {
    expect(readImageHeader(jpeg([0xe0, Buffer.alloc(14)]), 'jpeg').fault).toBe('unreadable');
    expect(readImageHeader(jpeg([0xc0, FRAME]).subarray(0, 8), 'jpeg').fault).toBe('unreadable');
  });

  it('of a WebP: lossy, lossless and extended', () => {
    const lossy = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x02, 0x2c, 0x01]);
    expect(readImageHeader(webp('VP8 ', lossy), 'webp').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: false,
    });
    const lossless = Buffer.from([0x2f, 0, 0, 0, 0]);
    lossless.writeUInt32LE(511 | (299 << 14), 1);
    expect(readImageHeader(webp('VP8L', lossless), 'webp').header).toMatchObject({ width: 512, height: 300 });
    const extended = Buffer.from([0x08, 0, 0, 0, 0xff, 0x01, 0, 0x2b, 0x01, 0]);
    expect(readImageHeader(webp('VP8X', extended), 'webp').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: true,
    });
    expect(readImageHeader(webp('VP8 ', Buffer.alloc(10)), 'webp').fault).toBe('unreadable');
  });

  it('of another format: another signature', () => {
    expect(readImageHeader(jpeg([0xc0, FRAME]), 'png').fault).toBe('signature');
  });
});

const SPLAT_FIELDS = 'x y z f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3'.split(' ');

function ply(points: number, fields: readonly string[] = SPLAT_FIELDS, extraLines: readonly string[] = []): Buffer {
  const lines = [
    'ply',
    'format binary_little_endian 1.0',
    'comment made by a test',
    `element vertex ${points}`,
    ...fields.map((name) => `property float ${name}`),
    ...extraLines,
    'end_header',
    '',
  ];
  return Buffer.concat([latin1(lines.join('\n')), Buffer.alloc(points * fields.length * 4)]);
}

const codesOf = ({ findings }: { findings: readonly { code: string; params?: object }[] }) =>
  findings.map(({ code, params }) => [code, params && 'reason' in params ? params.reason : undefined]);

describe('splats', () => {
  it('as PLY: every byte is accounted for', () => {
    const good = ply(3);
    expect(checkPly(good, good.byteLength).findings).toEqual([]);
    expect(codesOf(checkPly(good, good.byteLength - 1))).toEqual([['GAB_E_SPLAT', 'length']]);
  });

  it.each<[string, Buffer, string]>([
    [
      'a missing opacity',
      ply(
        1,
        SPLAT_FIELDS.filter((name) => name !== 'opacity'),
      ),
      'property',
    ],
    ['a list property', ply(0, SPLAT_FIELDS, ['property list uchar int faces']), 'property'],
    ['a second element', ply(0, SPLAT_FIELDS, ['element face 2']), 'element'],
    ['too many points', latin1(ply(0).toString('latin1').replace('vertex 0', 'vertex 2000001')), 'points'],
    ['ASCII', latin1('ply\nformat ascii 1.0\nelement vertex 1\nend_header\n'), 'format'],
    ['no end of the header', Buffer.concat([latin1('ply\n'), noise(70_000)]).subarray(0, 65_536), 'header'],
  ])('as PLY with %s', (_, bytes, reason) => {
    expect(codesOf(checkPly(bytes, bytes.byteLength))).toEqual([['GAB_E_SPLAT', reason]]);
  });

  function spzHeader(version: number, points: number): Buffer {
    const header = Buffer.alloc(16);
    header.write('NGSP', 'latin1');
    header.writeUInt32LE(version, 4);
    header.writeUInt32LE(points, 8);
    return header;
  }

  it('as SPZ: inside gzip up to version 3, in the clear from version 4', async () => {
    const packed = gzipSync(Buffer.concat([spzHeader(3, 100), noise(2000)]));
    expect((await checkSpz(packed, packed.byteLength, testCodec)).findings).toEqual([]);
    const plain = Buffer.concat([spzHeader(4, 100), noise(2000)]);
    expect((await checkSpz(plain, plain.byteLength, testCodec)).findings).toEqual([]);
  });

  it.each<[string, Buffer, string]>([
    ['more points than the file can hold', gzipSync(spzHeader(2, 1_900_000)), 'points'],
    ['too many points in the clear', spzHeader(4, 2_000_001), 'points'],
    ['an old version in the clear', spzHeader(2, 1), 'version'],
    ['gzip of something else', gzipSync(noise(500)), 'header'],
    ['gzip that is cut in its header', gzipSync(noise(500)).subarray(0, 9), 'gzip'],
  ])('as SPZ with %s', async (_, bytes, reason) => {
    expect(codesOf(await checkSpz(bytes, bytes.byteLength, testCodec))).toEqual([['GAB_E_SPLAT', reason]]);
  });
});

describe('model facts', () => {
  it('survive any JSON', () => {
    const odd = {
      meshes: [null, 1, { primitives: 'x', extras: { targetNames: [1, 'A'] } }],
      accessors: {},
      animations: [[]],
    };
    expect(readModelFacts(odd)).toMatchObject({ triangles: 0, morphs: new Set(['A']), clips: new Set(), isVrm: false });
  });

  it('count strips, fans and plain vertices; points and lines do not count', () => {
    const accessors = [{ count: 9 }, { count: 1e308 }];
    const primitives = [4, 5, 6, 0, 1].map((mode) => ({ mode, indices: 0 }));
    const hostile = { attributes: { POSITION: 1 } };
    expect(readModelFacts({ accessors, meshes: [{ primitives }, { primitives: [hostile] }] }).triangles).toBe(
      3 + 7 + 7,
    );
  });

  it('know the vowels of both generations of VRM', () => {
    const bind = { node: 0, index: 0, weight: 1 };
    const vrm1 = {
      extensions: { VRMC_vrm: { expressions: { preset: { aa: { morphTargetBinds: [bind] }, ih: {} } } } },
    };
    expect(readModelFacts(vrm1).vrmExpressions).toEqual(new Set(['aa']));
    const vrm0 = {
      extensions: { VRM: { blendShapeMaster: { blendShapeGroups: [{ presetName: 'A', binds: [bind] }] } } },
    };
    expect(readModelFacts(vrm0).vrmExpressions).toEqual(new Set(['aa']));
  });
});
