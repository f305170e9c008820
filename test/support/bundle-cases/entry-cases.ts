import { KIB, MIB } from '../../../shared/lib/sizes.ts';
import { buildBundle, bundleEntries, thumbnailAsset } from '../bundle-builder.ts';
import { makeGlb, makePng, makeWav, noise } from '../sample-assets.ts';
import { makePly } from '../sample-splats.ts';
import { buildZip } from '../zip-builder.ts';
import {
  type CodeCase,
  type CodeCases,
  FACE,
  text,
  withAsset,
  withEntry,
  withExtra,
  withThumbnail,
} from './broken-bundles.ts';

/** One byte, or what alignment makes of it, over the limit of each kind. */
const tooLarge = [
  {
    limit: '8 MiB',
    kind: 'portrait',
    format: 'png',
    path: 'portrait/x.png',
    content: () => padded(makePng({ width: 8, height: 8 }), 8 * MIB),
  },
  {
    limit: '48 MiB',
    kind: 'model',
    format: 'glb',
    path: 'model/x.glb',
    content: () => makeGlb({ binary: noise(48 * MIB) }),
  },
  { limit: '48 MiB', kind: 'splat', format: 'ply', path: 'splat/x.ply', content: () => padded(makePly(0), 48 * MIB) },
  {
    limit: '16 MiB',
    kind: 'animation',
    format: 'vrma',
    path: 'animation/x.vrma',
    content: () => makeGlb({ binary: noise(16 * MIB) }),
  },
  { limit: '1 MiB', kind: 'document', format: 'txt', path: 'docs/x.txt', content: () => Buffer.alloc(MIB + 1, 'a') },
] as const;

function padded(content: Uint8Array, toBytes: number): Buffer {
  return Buffer.concat([content, noise(toBytes + 1 - content.byteLength)]);
}

export const entryCases = {
  GAB_E_PATH: [
    ...[
      '../up.json',
      '/etc/x',
      'a\\b.json',
      'C:x.json',
      'data/con.json',
      'data/LPT1',
      'data/.hidden',
      'data/end.',
      'a b.json',
      'a/b/c/d/e',
      'data//x',
      'data/\xfc.json',
      'x\0.json',
      `data/${'a'.repeat(65)}`,
      '',
    ].map(
      (name): CodeCase => ({
        how: JSON.stringify(name),
        bytes: () => withExtra({ name: 'x', both: { name: text(name) } }),
        codes: ['GAB_E_PATH'],
      }),
    ),
    ...['../up.txt', '/etc/x', 'a\\..\\b', 'c:/x', 'a\0b'].map(
      (name): CodeCase => ({
        how: `foreign archive with ${JSON.stringify(name)}, lenient`,
        bytes: () => buildZip([{ name, content: text('x') }]),
        policy: 'lenient',
        codes: ['GAB_E_PATH'],
      }),
    ),
  ],
  GAB_E_PATH_DUPLICATE: [
    { how: 'twice', bytes: () => withExtra({ name: 'portrait/face.png' }), codes: ['GAB_E_PATH_DUPLICATE'] },
    { how: 'in other case', bytes: () => withExtra({ name: 'Portrait/FACE.png' }), codes: ['GAB_E_PATH_DUPLICATE'] },
    { how: 'a file that is a folder', bytes: () => withExtra({ name: 'portrait' }), codes: ['GAB_E_PATH_DUPLICATE'] },
    {
      how: 'a folder that is a file',
      bytes: () => withExtra({ name: 'portrait/face.png/x.json' }),
      codes: ['GAB_E_PATH_DUPLICATE'],
    },
  ],
  GAB_E_SIZE_LIMIT: [
    {
      how: 'an entry of 2 GiB',
      bytes: () => withExtra({ name: 'data/x.json', both: { size: 2 ** 31, compressedSize: 2 ** 31 } }),
      codes: ['GAB_E_SIZE_LIMIT'],
    },
    {
      how: 'data of 5 MiB, which is valid JSON',
      bytes: () =>
        buildBundle({
          assets: [
            {
              id: 'd',
              kind: 'data',
              format: 'json',
              path: 'data/d.json',
              content: text(JSON.stringify(noise(2_700_000).toString('hex'))),
            },
          ],
        }),
      codes: ['GAB_E_SIZE_LIMIT', 'GAB_I_ASSET_UNUSED'],
    },
    {
      how: 'a sound of 9 MiB',
      bytes: () =>
        buildBundle({
          manifest: { voice: { provider: 'none', sample: 'long' } },
          assets: [
            { id: 'long', kind: 'audio', format: 'wav', path: 'audio/long.wav', content: makeWav(9 * 1024 * 1024) },
          ],
        }),
      codes: ['GAB_E_SIZE_LIMIT'],
    },
    ...tooLarge.map(
      ({ limit, content, ...asset }): CodeCase => ({
        how: `${asset.kind} over ${limit}`,
        bytes: () => withAsset({ ...asset, content: content() }),
        codes: asset.kind === 'document' ? ['GAB_E_SIZE_LIMIT'] : ['GAB_E_SIZE_LIMIT', 'GAB_I_ASSET_UNUSED'],
      }),
    ),
    {
      how: 'a thumbnail over 512 KiB',
      bytes: () => withThumbnail(Buffer.concat([thumbnailAsset().content, noise(520 * KIB)])),
      codes: ['GAB_E_SIZE_LIMIT'],
    },
    {
      how: 'entries of 129 MiB in all',
      bytes: () =>
        buildZip([
          ...bundleEntries({}),
          ...[1, 2, 3].map((at) => ({
            name: `data/${at}.json`,
            content: text(''),
            both: { size: 43 * MIB, compressedSize: 43 * MIB },
          })),
        ]),
      codes: ['GAB_E_SIZE_LIMIT'],
    },
    {
      how: 'an entry of 64 MiB and a byte',
      bytes: () => withExtra({ name: 'data/x.json', both: { size: 64 * MIB + 1, compressedSize: 64 * MIB + 1 } }),
      codes: ['GAB_E_SIZE_LIMIT'],
    },
    {
      how: 'a foreign archive, lenient',
      bytes: () => buildZip([{ name: 'x', content: text('x'), both: { size: 2 ** 31, compressedSize: 2 ** 31 } }]),
      policy: 'lenient',
      codes: ['GAB_E_SIZE_LIMIT'],
    },
  ],
  GAB_E_RATIO: [
    {
      how: 'zeros',
      bytes: () => withExtra({ name: 'data/x.json', content: new Uint8Array(1 << 20), deflate: true }),
      codes: ['GAB_E_RATIO'],
    },
    {
      how: 'zeros in a foreign archive, lenient',
      bytes: () => buildZip([{ name: 'x', content: new Uint8Array(1 << 20), deflate: true }]),
      policy: 'lenient',
      codes: ['GAB_E_RATIO'],
    },
  ],
  GAB_E_INFLATE: [
    {
      how: 'not a deflate stream',
      bytes: () => withEntry(FACE, { raw: noise(500), deflate: true }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'bytes after the stream',
      bytes: () => withEntry(FACE, { deflate: true, raw: Buffer.from([3, 0, 1, 2]), both: { size: 0 } }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'more than declared',
      bytes: () => withEntry(FACE, { deflate: true, both: { size: 5 } }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'less than declared',
      bytes: () => withEntry(FACE, { deflate: true, both: { size: 60_000 } }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'more than declared as empty',
      bytes: () => withEntry(FACE, { deflate: true, both: { size: 0 } }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'stored with two sizes',
      bytes: () => withEntry(FACE, { both: { size: 60_000 } }),
      codes: ['GAB_E_INFLATE'],
    },
    {
      how: 'a large stream that is cut',
      bytes: () => withEntry(FACE, { deflate: true, raw: noise(3 << 20), both: { size: 5 << 20 } }),
      codes: ['GAB_E_INFLATE'],
    },
  ],
  GAB_E_CRC: [
    { how: 'wrong in both headers', bytes: () => withEntry(FACE, { both: { crc32: 1 } }), codes: ['GAB_E_CRC'] },
  ],
  GAB_I_ISSUES_TRUNCATED: [
    {
      how: '200 bad paths',
      bytes: () =>
        buildZip([
          ...bundleEntries({}),
          ...Array.from({ length: 200 }, (_, at) => ({ name: ` ${at}`, content: text('') })),
        ]),
      codes: ['GAB_E_PATH', 'GAB_I_ISSUES_TRUNCATED'],
    },
  ],
} as const satisfies CodeCases;
