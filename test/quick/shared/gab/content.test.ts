import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../../shared/gab/content/image-header.ts';
import { readModelFacts } from '../../../../shared/gab/content/model-facts.ts';
import { checkPly } from '../../../../shared/gab/content/ply-checks.ts';
import { checkSpz } from '../../../../shared/gab/content/spz-checks.ts';
import { testCodec } from '../../../support/inspect-bytes.ts';
import { noise } from '../../../support/sample-assets.ts';
import { jpegFrame, jpegOf, webpOf } from '../../../support/sample-pictures.ts';
import { makePly, makeSpz, SPLAT_FIELDS, spzPayload } from '../../../support/sample-splats.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

const FRAME = jpegFrame(512, 300);

describe('picture headers', () => {
  it('of a JPEG: baseline and progressive, with fill bytes and metadata', () => {
    expect(readImageHeader(jpegOf([0xc0, FRAME]), 'jpeg').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: false,
    });
    const withExif = jpegOf([0xe1, latin1('Exif\0\0MM')], [0xc4, Buffer.alloc(40)], [0xc2, FRAME]);
    expect(readImageHeader(withExif, 'jpeg').header).toMatchObject({ width: 512, hasMetadata: true });
    const withXmp = jpegOf([0xe1, latin1('http://ns.adobe.com/xap/1.0/\0<x/>')], [0xc0, FRAME]);
    expect(readImageHeader(withXmp, 'jpeg').header?.hasMetadata).toBe(true);
    const filled = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xff]), jpegOf([0xc0, FRAME]).subarray(2)]);
    expect(readImageHeader(filled, 'jpeg').header?.height).toBe(300);
  });

  it('of a JPEG without a frame before its data: unreadable', () => {
    expect(readImageHeader(jpegOf([0xe0, Buffer.alloc(14)]), 'jpeg').fault).toBe('unreadable');
    expect(readImageHeader(jpegOf([0xc0, FRAME]).subarray(0, 8), 'jpeg').fault).toBe('unreadable');
  });

  it('of a WebP: lossy, lossless and extended', () => {
    const lossy = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x02, 0x2c, 0x01]);
    expect(readImageHeader(webpOf('VP8 ', lossy), 'webp').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: false,
    });
    const lossless = Buffer.from([0x2f, 0, 0, 0, 0]);
    lossless.writeUInt32LE(511 | (299 << 14), 1);
    expect(readImageHeader(webpOf('VP8L', lossless), 'webp').header).toMatchObject({ width: 512, height: 300 });
    const extended = Buffer.from([0x08, 0, 0, 0, 0xff, 0x01, 0, 0x2b, 0x01, 0]);
    expect(readImageHeader(webpOf('VP8X', extended), 'webp').header).toEqual({
      width: 512,
      height: 300,
      hasMetadata: true,
    });
    expect(readImageHeader(webpOf('VP8 ', Buffer.alloc(10)), 'webp').fault).toBe('unreadable');
  });

  it('of another format: wrong signature', () => {
    expect(readImageHeader(jpegOf([0xc0, FRAME]), 'png').fault).toBe('signature');
  });
});

const codesOf = ({ findings }: { findings: readonly { code: string; params?: object }[] }) =>
  findings.map(({ code, params }) => [code, params && 'reason' in params ? params.reason : undefined]);

describe('splats', () => {
  it('as PLY account for every byte', () => {
    const good = makePly(3);
    expect(checkPly(good, good.byteLength).findings).toEqual([]);
    expect(codesOf(checkPly(good, good.byteLength - 1))).toEqual([['GAB_E_SPLAT', 'truncated']]);
  });

  it.each<[string, Buffer, string]>([
    [
      'a missing opacity',
      makePly(
        1,
        SPLAT_FIELDS.filter((name) => name !== 'opacity'),
      ),
      'property',
    ],
    ['a list property', makePly(0, SPLAT_FIELDS, ['property list uchar int faces']), 'list'],
    ['a second element', makePly(0, SPLAT_FIELDS, ['element face 2']), 'element'],
    ['too many points', latin1(makePly(0).toString('latin1').replace('vertex 0', 'vertex 2000001')), 'points'],
    ['another version', latin1(makePly(0).toString('latin1').replace('endian 1.0', 'endian 2.0')), 'format'],
    ['a line of another format', makePly(0, SPLAT_FIELDS, ['color red']), 'line'],
    ['bytes after its points', Buffer.concat([makePly(2), noise(1)]), 'trailing-data'],
    ['no end of the header', Buffer.concat([latin1('ply\n'), noise(70_000)]).subarray(0, 65_536), 'header-end'],
    ['a comment in Latin-1', latin1(makePly(0).toString('latin1').replace('by a test', 'by Zo\xeb')), 'encoding'],
  ])('as PLY with %s', (_, bytes, reason) => {
    expect(codesOf(checkPly(bytes, bytes.byteLength))).toEqual([['GAB_E_SPLAT', reason]]);
  });

  it.each([1, 2, 3, 4])('as SPZ version %i account for every byte', async (version) => {
    for (const degree of [0, 1, 2, 3, 4]) {
      const spz = makeSpz({ version, points: 100, degree });
      expect(await checkSpz(spz, testCodec)).toEqual({ findings: [], summary: { splat: { points: 100 } } });
    }
    expect((await checkSpz(makeSpz({ version, points: 0 }), testCodec)).findings).toEqual([]);
  });

  it('as SPZ may have vendor records after the points', async () => {
    const records = Buffer.concat([spzPayload({ version: 3, points: 100, flags: 2 }), noise(500)]);
    expect((await checkSpz(gzipSync(records), testCodec)).findings).toEqual([]);
    const bomb = Buffer.concat([records, Buffer.alloc(100_000)]);
    expect(codesOf(await checkSpz(gzipSync(bomb), testCodec))).toEqual([['GAB_E_SPLAT', 'length']]);
  });

  it('as SPZ of a later version are refused, because the runtime does not draw them', async () => {
    const later = makeSpz({ version: 4, points: 10 });
    later.writeUInt32LE(5, 4);
    expect((await checkSpz(later, testCodec)).findings).toEqual([
      { code: 'GAB_E_SPLAT', params: { reason: 'version', version: 5 } },
    ]);
  });

  it('as SPZ with reserved flags of gzip are refused, as every other program does', async () => {
    const flagged = makeSpz({ version: 3, points: 10 });
    flagged.writeUInt8(0x80, 3);
    expect(codesOf(await checkSpz(flagged, testCodec))).toEqual([['GAB_E_SPLAT', 'gzip']]);
  });

  const packed = () => makeSpz({ version: 2, points: 100 });
  const plain = (change: (bytes: Buffer) => void) => {
    const bytes = makeSpz({ version: 4, points: 100 });
    change(bytes);
    return bytes;
  };

  it.each<[string, Buffer, string]>([
    ['more points than the file can hold', gzipSync(spzPayload({ version: 2, points: 1_900_000 }, 0)), 'points'],
    ['2,000,001 points', gzipSync(spzPayload({ version: 2, points: 2_000_001 }, 50_000_000)), 'points'],
    ['a byte too few', gzipSync(spzPayload({ version: 2, points: 100 }, 1899)), 'length'],
    ['a byte too many', gzipSync(spzPayload({ version: 2, points: 100 }, 1901)), 'length'],
    ['harmonics of an unknown degree', gzipSync(spzPayload({ version: 2, points: 100, degree: 5 })), 'header'],
    ['a bomb behind an honest size', honestLookingBomb(), 'length'],
    ['a wrong checksum', flipped(packed(), -6), 'gzip'],
    ['a stream that breaks off', Buffer.concat([packed().subarray(0, 900), packed().subarray(-8)]), 'gzip'],
    ['a last block that is not marked as the last', withoutLastBlock(packed()), 'gzip'],
    ['bytes between stream and trailer', withSlack(packed()), 'gzip'],
    ['version 4 inside gzip', gzipSync(makeSpz({ version: 4, points: 1 })), 'version'],
    ['version 2 in the clear', spzPayload({ version: 2, points: 1 }), 'version'],
    ['version 0', gzipSync(spzPayload({ version: 0, points: 1 })), 'version'],
    ['gzip of something else', gzipSync(noise(500)), 'not-spz'],
    ['gzip that is cut in its header', gzipSync(noise(500)).subarray(0, 9), 'gzip'],
    ['gzip that is cut in its name', Buffer.from('1f8b08080000000000ff616263', 'hex'), 'gzip'],
    ['streams of too many points', plain((bytes) => bytes.writeUInt32LE(2_000_001, 8)), 'points'],
    ['streams that unpack to fewer points', plain((bytes) => bytes.writeUInt32LE(101, 8)), 'length'],
    ['streams that end before the file', Buffer.concat([plain(() => undefined), noise(3)]), 'length'],
    ['streams that are cut', plain(() => undefined).subarray(0, -1), 'length'],
    ['a table in the header', plain((bytes) => bytes.writeUInt32LE(16, 16)), 'header'],
    ['a table outside the file', plain((bytes) => bytes.writeUInt32LE(0xffffffff, 16)), 'header'],
    ['200 streams', plain((bytes) => bytes.writeUInt8(200, 15)), 'header'],
    ['half a header in the clear', makeSpz({ version: 4, points: 100 }).subarray(0, 20), 'header'],
  ])('as SPZ with %s', async (_, bytes, reason) => {
    expect(codesOf(await checkSpz(bytes, testCodec))).toEqual([['GAB_E_SPLAT', reason]]);
  });

  it('may not exceed their common budget when unpacked', async () => {
    const budget = { leftBytes: 3000 };
    expect((await checkSpz(packed(), testCodec, budget)).findings).toEqual([]);
    expect((await checkSpz(packed(), testCodec, budget)).findings).toEqual([
      { code: 'GAB_E_SIZE_LIMIT', params: { limit: 'splats', sizeBytes: 1916, maxBytes: 1084 } },
    ]);
  });
});

/** 10 MB of zeros, with a trailer that claims what the header needs. */
function honestLookingBomb(): Buffer {
  const bytes = gzipSync(Buffer.concat([spzPayload({ version: 2, points: 100 }), Buffer.alloc(10_000_000)]));
  bytes.writeUInt32LE(1916, bytes.byteLength - 4);
  return bytes;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const position = bytes.byteLength + at;
  changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
  return changed;
}

/** The bit that marks the only block as the last one is the first after the header of 10 bytes. */
function withoutLastBlock(bytes: Buffer): Buffer {
  expect(bytes.readUInt8(10) & 1).toBe(1);
  return flipped(bytes, 10 - bytes.byteLength);
}

function withSlack(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, -8), noise(10), bytes.subarray(-8)]);
}

describe('model facts', () => {
  it('can be read from any JSON', () => {
    const odd = {
      meshes: [null, 1, { primitives: 'x', extras: { targetNames: [1, 'A'] } }],
      accessors: {},
      animations: [[]],
    };
    expect(readModelFacts(odd)).toMatchObject({ triangles: 0, morphs: new Set(['A']), clips: new Set(), isVrm: false });
  });

  it('count strips, fans and plain vertices, but not points and lines', () => {
    const accessors = [{ count: 9 }, { count: 1e308 }];
    const primitives = [4, 5, 6, 0, 1].map((mode) => ({ mode, indices: 0 }));
    const hostile = { attributes: { POSITION: 1 } };
    expect(readModelFacts({ accessors, meshes: [{ primitives }, { primitives: [hostile] }] }).triangles).toBe(
      3 + 7 + 7,
    );
  });
});
