import { gzipSync } from 'node:zlib';
import { makeGlb, makePng } from '../sample-assets.ts';
import { jpegFrame, jpegOf, lossyWebp } from '../sample-pictures.ts';
import { makePly, makeSpz, spzPayload } from '../sample-splats.ts';
import { type LooseJson, makeVrm0Json, makeVrm1Json, packVrm } from '../vrm-json.ts';
import {
  type CodeCase,
  type CodeCases,
  model,
  spare,
  splat,
  talking,
  text,
  withAsset,
  withThumbnail,
} from './broken-bundles.ts';

/** A GLB with one number overwritten. */
function changed(glb: Buffer, at: number, value: number): Buffer {
  glb.writeUInt32LE(value, at);
  return glb;
}

function glbOf(...chunks: readonly (readonly [type: number, data: Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(data.byteLength, 0);
    head.writeUInt32LE(type, 4);
    return Buffer.concat([head, data]);
  });
  const body = Buffer.concat(parts);
  const head = changed(changed(Buffer.from('glTF........', 'latin1'), 4, 2), 8, 12 + body.byteLength);
  return Buffer.concat([head, body]);
}

const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const plainJson = (length: number) => Buffer.from('{"asset":{"version":"2.0"}}'.padEnd(length, ' '));

/** Every way in which the frame of a GLB can be wrong, by the name of its fault. */
const brokenGlbs: Readonly<Record<string, () => Buffer>> = {
  version: () => changed(talking(), 4, 1),
  length: () => changed(talking(), 8, 100),
  'json-chunk': () => glbOf([BINARY_CHUNK, Buffer.alloc(4)]),
  'json-chunk, none at all': () => glbOf(),
  'json-chunk, empty': () => glbOf([JSON_CHUNK, Buffer.alloc(0)]),
  'json-chunk, two of them': () => glbOf([JSON_CHUNK, plainJson(40)], [JSON_CHUNK, plainJson(40)]),
  'json-size': () => glbOf([JSON_CHUNK, plainJson(8 * 1024 * 1024 + 4)]),
  'binary-chunk': () => glbOf([JSON_CHUNK, plainJson(40)], [1, Buffer.alloc(4)], [BINARY_CHUNK, Buffer.alloc(4)]),
  'chunk-alignment': () => glbOf([JSON_CHUNK, plainJson(41)]),
  json: () => glbOf([JSON_CHUNK, Buffer.from('{"asset":   ')]),
  'json, too deep': () => talking({ extras: JSON.parse('['.repeat(70) + ']'.repeat(70)) }),
  'json, a list': () => glbOf([JSON_CHUNK, Buffer.from('[]  ')]),
  'gltf-version': () => glbOf([JSON_CHUNK, Buffer.from('{}  ')]),
  'buffer-length, no binary chunk': () =>
    glbOf([JSON_CHUNK, Buffer.from('{"asset":{"version":"2.0"},"buffers":[{"byteLength":4}]}    ')]),
};

const wanted = ['ACME_magic', 'KHR_texture_transform'];
const zeros = { componentType: 5126, type: 'VEC3', min: [0, 0, 0], max: [0, 0, 0] };

const vrm = (json: LooseJson, manifest: Record<string, unknown> = {}) => model(packVrm(json), manifest, 'vrm');

/** A VRM with these terms, in a bundle that allows something. */
function vrmTerms(extension: 'VRM' | 'VRMC_vrm', meta: Record<string, unknown>, allowed: string): Buffer {
  const json = extension === 'VRM' ? makeVrm0Json() : makeVrm1Json();
  Object.assign(json.extensions[extension].meta, meta);
  return vrm(json, { license: { spdx: 'MIT', [allowed]: 'allowed' } });
}

/** Terms that are stricter than the manifest in exactly one point; all others are permissive. */
const GENEROUS = {
  avatarPermission: 'everyone',
  commercialUsage: 'corporation',
  modification: 'allowModification',
  allowRedistribution: true,
};
const strictTerms = [
  ['VRMC_vrm', { ...GENEROUS, avatarPermission: 'onlyAuthor' }, 'commercialUse'],
  ['VRMC_vrm', { ...GENEROUS, commercialUsage: 'personalNonProfit' }, 'commercialUse'],
  ['VRMC_vrm', { ...GENEROUS, allowRedistribution: false }, 'redistribution'],
  ['VRMC_vrm', { ...GENEROUS, modification: 'prohibited' }, 'modification'],
  ['VRM', { allowedUserName: 'OnlyAuthor' }, 'commercialUse'],
  ['VRM', { licenseName: 'CC_BY_NC' }, 'commercialUse'],
  ['VRM', { licenseName: 'Redistribution_Prohibited' }, 'redistribution'],
  ['VRM', { licenseName: 'CC_BY_ND' }, 'modification'],
] as const;

export const contentCases = {
  GAB_E_IMAGE: [
    {
      how: 'a thumbnail of 63 pixels',
      bytes: () => withThumbnail(makePng({ width: 63, height: 63 })),
      codes: ['GAB_E_IMAGE'],
    },
    {
      how: 'a thumbnail of 1025 pixels',
      bytes: () => withThumbnail(makePng({ width: 1025, height: 1025 })),
      codes: ['GAB_E_IMAGE'],
    },
    {
      how: 'a JPEG of 4097 pixels',
      bytes: () =>
        withAsset({
          kind: 'portrait',
          format: 'jpeg',
          path: 'portrait/x.jpg',
          content: jpegOf([0xc0, jpegFrame(4097, 9)]),
        }),
      codes: ['GAB_E_IMAGE', 'GAB_I_ASSET_UNUSED'],
    },
    {
      how: 'a WebP of 5000 pixels',
      bytes: () =>
        withAsset({ kind: 'portrait', format: 'webp', path: 'portrait/x.webp', content: lossyWebp(9, 5000) }),
      codes: ['GAB_E_IMAGE', 'GAB_I_ASSET_UNUSED'],
    },
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
    ...Object.entries(brokenGlbs).map(
      ([reason, content]): CodeCase => ({
        how: `fault: ${reason}`,
        bytes: () => model(content()),
        codes: ['GAB_E_GLB'],
      }),
    ),
    {
      how: 'an animation whose header lies',
      bytes: () =>
        withAsset({
          kind: 'animation',
          format: 'vrma',
          path: 'animation/x.vrma',
          content: changed(makeGlb(), 8, 9999),
        }),
      codes: ['GAB_E_GLB', 'GAB_I_ASSET_UNUSED'],
    },
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
    { how: 'a PLY that is cut', bytes: () => splat(makePly(3).subarray(0, -1)), codes: ['GAB_E_SPLAT'] },
    {
      how: 'an SPZ that unpacks to more than its points',
      bytes: () => splat(gzipSync(spzPayload({ version: 3, points: 10 }, 500_000)), 'spz'),
      codes: ['GAB_E_SPLAT'],
    },
    {
      how: 'SPZ streams that are cut',
      bytes: () => splat(makeSpz({ version: 4, points: 10 }).subarray(0, -1), 'spz'),
      codes: ['GAB_E_SPLAT'],
    },
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
      how: 'EXIF in a JPEG',
      bytes: () =>
        withAsset({
          kind: 'portrait',
          format: 'jpeg',
          path: 'portrait/x.jpg',
          content: jpegOf([0xe1, text('Exif\0\0MM')], [0xc0, jpegFrame(8, 8)]),
        }),
      codes: ['GAB_I_ASSET_UNUSED', 'GAB_W_IMAGE_METADATA'],
    },
    {
      how: 'EXIF in a PNG',
      bytes: () => spare(makePng({ width: 8, height: 8, extraChunks: [{ type: 'eXIf', data: text('MM') }] })),
      codes: ['GAB_I_ASSET_UNUSED', 'GAB_W_IMAGE_METADATA'],
    },
  ],
  GAB_W_GLB_EXTENSION: [
    {
      how: 'ACME_magic',
      bytes: () => model(talking({ extensionsUsed: wanted, extensionsRequired: wanted })),
      codes: ['GAB_W_GLB_EXTENSION'],
    },
  ],
  GAB_W_GLB_BUDGET: [
    {
      how: '300,000 triangles',
      // Positions that are all zero need no data.
      bytes: () => model(talking({ accessors: [{ ...zeros, count: 900_000 }], bufferViews: undefined })),
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
    ...strictTerms.map(
      ([extension, meta, allowed]): CodeCase => ({
        how: `${extension} ${JSON.stringify(meta)} against ${allowed}`,
        bytes: () => vrmTerms(extension, meta, allowed),
        codes: ['GAB_W_LICENSE_CONFLICT'],
      }),
    ),
    {
      how: 'VRM terms that are stricter',
      bytes: () => vrmTerms('VRMC_vrm', {}, 'modification'),
      codes: ['GAB_W_LICENSE_CONFLICT'],
    },
    {
      how: 'VRM 0 terms that are stricter',
      bytes: () => vrmTerms('VRM', { commercialUssageName: 'Disallow' }, 'commercialUse'),
      codes: ['GAB_W_LICENSE_CONFLICT'],
    },
  ],
  GAB_E_VRM: [
    {
      how: 'a VRM without hips',
      bytes: () => {
        const json = makeVrm1Json();
        delete json.extensions.VRMC_vrm.humanoid.humanBones.hips;
        return vrm(json);
      },
      codes: ['GAB_E_VRM'],
    },
    {
      how: 'a VRM that states no license',
      bytes: () => {
        const json = makeVrm1Json();
        delete json.extensions.VRMC_vrm.meta.licenseUrl;
        return vrm(json);
      },
      codes: ['GAB_E_VRM'],
    },
  ],
  GAB_W_VRM: [
    {
      how: 'expressions of a missing mesh',
      bytes: () => {
        const json = makeVrm0Json();
        for (const { binds } of json.extensions.VRM.blendShapeMaster.blendShapeGroups)
          for (const bind of binds) bind.mesh = 7;
        return vrm(json);
      },
      codes: ['GAB_W_VISEMES_INCOMPLETE', 'GAB_W_VRM'],
    },
  ],
} as const satisfies CodeCases;
