import { makeGlb, makePng } from '../../../../support/sample-assets.ts';
import { type CodeCases, model, spare, splat, talking, text } from './broken-bundles.ts';

export const contentCases = {
  GAB_E_IMAGE: [
    {
      how: 'no size in it',
      bytes: () => spare(text('\x89PNG\r\n\x1a\nwhat')),
      codes: ['GAB_E_IMAGE', 'GAB_I_ASSET_UNUSED'],
    },
    {
      how: '5000 pixels wide',
      bytes: () => spare(makePng({ width: 5000, height: 1 })),
      codes: ['GAB_E_IMAGE', 'GAB_I_ASSET_UNUSED'],
    },
  ],
  GAB_E_GLB: [
    { how: 'cut', bytes: () => model(talking().subarray(0, -4)), codes: ['GAB_E_GLB'] },
    { how: 'VRM without VRM data', bytes: () => model(talking(), {}, 'vrm'), codes: ['GAB_E_GLB'] },
    {
      how: 'a buffer larger than its data',
      bytes: () => model(talking({ buffers: [{ byteLength: 9999 }] })),
      codes: ['GAB_E_GLB'],
    },
    { how: 'glTF 1', bytes: () => model(talking({ asset: { version: '1.0' } })), codes: ['GAB_E_GLB'] },
  ],
  GAB_E_GLB_EXTERNAL_URI: [
    {
      how: 'a picture from the network',
      bytes: () => model(talking({ images: [{ uri: 'https://tracker.example/p.png' }] })),
      codes: ['GAB_E_GLB_EXTERNAL_URI'],
    },
  ],
  GAB_E_SPLAT: [
    {
      how: '4 billion points in nothing',
      bytes: () =>
        splat(text('ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\nproperty float x\nend_header\n')),
      codes: ['GAB_E_SPLAT'],
    },
    {
      how: 'gzip with no SPZ in it',
      bytes: () => splat(Buffer.from('1f8b08000000000000ff', 'hex'), 'spz'),
      codes: ['GAB_E_SPLAT'],
    },
  ],
  GAB_W_IMAGE_METADATA: [
    {
      how: 'EXIF in a PNG',
      bytes: () => spare(makePng({ width: 8, height: 8, extraChunks: [{ type: 'eXIf', data: text('MM') }] })),
      codes: ['GAB_I_ASSET_UNUSED', 'GAB_W_IMAGE_METADATA'],
    },
  ],
  GAB_W_GLB_EXTENSION: [
    {
      how: 'ACME_magic',
      bytes: () => model(talking({ extensionsRequired: ['ACME_magic', 'KHR_texture_transform'] })),
      codes: ['GAB_W_GLB_EXTENSION'],
    },
  ],
  GAB_W_GLB_BUDGET: [
    {
      how: '300,000 triangles',
      bytes: () => model(talking({ accessors: [{ count: 900_000 }] })),
      codes: ['GAB_W_GLB_BUDGET'],
    },
  ],
  GAB_W_VISEMES_INCOMPLETE: [{ how: 'no mouth', bytes: () => model(makeGlb()), codes: ['GAB_W_VISEMES_INCOMPLETE'] }],
  GAB_W_MORPH_UNKNOWN: [
    {
      how: 'a typo',
      bytes: () => model(talking(), { face: { expressions: { happy: [{ morph: 'simle', weight: 1 }] } } }),
      codes: ['GAB_W_MORPH_UNKNOWN'],
    },
  ],
  GAB_W_LICENSE_CONFLICT: [
    {
      how: 'VRM terms that are stricter',
      bytes: () =>
        model(
          talking({ extensions: { VRMC_vrm: { meta: {} } } }),
          { license: { spdx: 'MIT', modification: 'allowed' } },
          'vrm',
        ),
      codes: ['GAB_W_LICENSE_CONFLICT'],
    },
    {
      how: 'VRM 0 terms that are stricter',
      bytes: () =>
        model(
          talking({ extensions: { VRM: { meta: { commercialUssageName: 'Disallow' } } } }),
          { license: { spdx: 'MIT', commercialUse: 'allowed' } },
          'vrm',
        ),
      codes: ['GAB_W_LICENSE_CONFLICT'],
    },
  ],
} as const satisfies CodeCases;
