import { buildBundle, bundleEntries, describeAsset, portraitAsset, thumbnailAsset } from '../bundle-builder.ts';
import { makePng, noise } from '../sample-assets.ts';
import { jpegFrame, jpegOf } from '../sample-pictures.ts';
import { buildZip } from '../zip-builder.ts';
import {
  type CodeCase,
  type CodeCases,
  FACE,
  model,
  spare,
  talking,
  text,
  withAsset,
  withEntry,
  withExtra,
  withManifest,
} from './broken-bundles.ts';

const smallJpeg = () => jpegOf([0xc0, jpegFrame(100, 100)]);

/** Every format that has a signature or a grammar, holding something else. */
const disguises = [
  ['model', 'vrm', 'model/x.vrm'],
  ['splat', 'ply', 'splat/x.ply'],
  ['splat', 'spz', 'splat/x.spz'],
  ['portrait', 'png', 'portrait/x.png'],
  ['portrait', 'jpeg', 'portrait/x.jpg'],
  ['portrait', 'webp', 'portrait/x.webp'],
  ['animation', 'glb', 'animation/x.glb'],
  ['animation', 'vrma', 'animation/x.vrma'],
  ['audio', 'wav', 'audio/x.wav'],
  ['audio', 'mp3', 'audio/x.mp3'],
  ['audio', 'ogg', 'audio/x.ogg'],
  ['data', 'json', 'data/x.json'],
  ['document', 'txt', 'docs/x.txt'],
  ['document', 'md', 'docs/x.md'],
  ['document', 'json', 'docs/x.json'],
] as const;

/** Kind, format, folder and ending that do not go together. */
const misplacements = [
  ['data', 'json', 'model/x.json'],
  ['data', 'json', 'data/x.txt'],
  ['data', 'txt', 'data/x.txt'],
  ['model', 'vrma', 'model/x.vrma'],
  ['animation', 'vrm', 'animation/x.vrm'],
  ['portrait', 'jpeg', 'portrait/x.jpeg'],
  ['audio', 'wav', 'audio.wav'],
] as const;

export const assetCases = {
  GAB_E_ASSET_MISSING: [
    { how: 'not packed', bytes: () => buildZip(bundleEntries({}).slice(0, FACE)), codes: ['GAB_E_ASSET_MISSING'] },
  ],
  GAB_E_ASSET_UNLISTED: [
    { how: 'a file more', bytes: () => withExtra({ name: 'data/x.json' }), codes: ['GAB_E_ASSET_UNLISTED'] },
    { how: 'in META-INF', bytes: () => withExtra({ name: 'META-INF/signature' }), codes: ['GAB_E_ASSET_UNLISTED'] },
    {
      how: 'a C2PA store that is not last',
      bytes: () =>
        buildZip(
          bundleEntries({}).toSpliced(FACE, 0, {
            name: 'META-INF/content_credential.c2pa',
            content: text('x'),
            both: { crc32: 0 },
          }),
        ),
      codes: ['GAB_E_ASSET_UNLISTED'],
    },
  ],
  GAB_E_ASSET_SIZE: [
    {
      how: 'one byte more in the list',
      bytes: () =>
        withManifest({ assets: [describeAsset(thumbnailAsset()), { ...describeAsset(portraitAsset()), size: 1 }] }),
      codes: ['GAB_E_ASSET_SIZE'],
    },
  ],
  GAB_E_ASSET_HASH: [
    {
      how: 'another hash in the list',
      bytes: () =>
        withManifest({
          assets: [describeAsset(thumbnailAsset()), { ...describeAsset(portraitAsset()), sha256: '0'.repeat(64) }],
        }),
      codes: ['GAB_E_ASSET_HASH'],
    },
  ],
  GAB_E_ASSET_REF: [
    {
      how: 'the body is nothing',
      bytes: () =>
        withManifest({ body: { type: 'portrait2d', main: 'nobody' }, assets: [describeAsset(thumbnailAsset())] }),
      codes: ['GAB_E_ASSET_REF'],
    },
    {
      how: 'the body is the thumbnail',
      bytes: () => withManifest({ body: { type: 'portrait2d', main: 'thumb' } }),
      codes: ['GAB_E_ASSET_REF'],
    },
    {
      how: 'a voice sample that is a picture',
      bytes: () => withManifest({ voice: { provider: 'none', sample: 'thumb' } }),
      codes: ['GAB_E_ASSET_REF'],
    },
    {
      how: 'a viseme picture that is missing',
      bytes: () => withManifest({ face: { expressions: { happy: [{ image: 'gone' }] } } }),
      codes: ['GAB_E_ASSET_REF'],
    },
    {
      how: 'an animation clip that the model lacks',
      bytes: () => model(talking(), { animations: { idle: ['body#Wave'] } }),
      codes: ['GAB_E_ASSET_REF'],
    },
  ],
  GAB_E_ASSET_TYPE: [
    { how: 'HTML as a picture', bytes: () => spare(text('<html>')), codes: ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'] },
    {
      how: 'a picture in the folder of models',
      bytes: () => spare(makePng({ width: 8, height: 8 }), 'model/spare.png'),
      codes: ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'],
    },
    { how: 'HTML as a model', bytes: () => model(text('<!doctype html>')), codes: ['GAB_E_ASSET_TYPE'] },
    ...disguises.map(
      ([kind, format, path]): CodeCase => ({
        how: `noise as ${kind} in ${format} format`,
        bytes: () => withAsset({ kind, format, path, content: Buffer.concat([text('no'), noise(500)]) }),
        codes: kind === 'document' ? ['GAB_E_ASSET_TYPE'] : ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'],
      }),
    ),
    ...misplacements.map(
      ([kind, format, path]): CodeCase => ({
        how: `${kind} in ${format} format at ${path}`,
        bytes: () => withAsset({ kind, format, path, content: text('{}') }),
        codes: ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'],
      }),
    ),
    {
      how: 'data that is not JSON',
      bytes: () =>
        buildBundle({
          assets: [{ id: 'd', kind: 'data', format: 'json', path: 'data/d.json', content: text('{"a":}') }],
        }),
      codes: ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'],
    },
    {
      how: 'a text with NUL',
      bytes: () =>
        buildBundle({
          assets: [{ id: 'd', kind: 'document', format: 'txt', path: 'docs/d.txt', content: text('a\0b') }],
        }),
      codes: ['GAB_E_ASSET_TYPE'],
    },
    {
      how: 'noise as a sound',
      bytes: () =>
        buildBundle({
          assets: [{ id: 'd', kind: 'audio', format: 'mp3', path: 'audio/d.mp3', content: text('not a sound') }],
        }),
      codes: ['GAB_E_ASSET_TYPE', 'GAB_I_ASSET_UNUSED'],
    },
  ],
  GAB_E_THUMBNAIL: [
    {
      how: 'names nothing',
      bytes: () => withManifest({ thumbnail: 'nobody' }),
      codes: ['GAB_E_THUMBNAIL', 'GAB_I_ASSET_UNUSED'],
    },
    {
      how: 'is there twice',
      bytes: () =>
        buildBundle({
          assets: [{ ...thumbnailAsset(), id: 'second', format: 'jpeg', path: 'thumbnail.jpg', content: smallJpeg() }],
        }),
      codes: ['GAB_E_THUMBNAIL', 'GAB_I_ASSET_UNUSED', 'GAB_W_THUMBNAIL_SHAPE'],
    },
    {
      how: 'names a portrait',
      bytes: () => withManifest({ thumbnail: 'face' }),
      codes: ['GAB_E_THUMBNAIL', 'GAB_I_ASSET_UNUSED'],
    },
    { how: 'compressed', bytes: () => withEntry(2, { deflate: true }), codes: ['GAB_E_THUMBNAIL'] },
    {
      how: 'fourth',
      bytes: () => buildZip([0, 1, 3, 2].flatMap((at) => bundleEntries({})[at] ?? [])),
      codes: ['GAB_E_THUMBNAIL'],
    },
  ],
  GAB_I_ASSET_UNUSED: [
    { how: 'a spare picture', bytes: () => spare(makePng({ width: 8, height: 8 })), codes: ['GAB_I_ASSET_UNUSED'] },
  ],
  GAB_I_C2PA_UNVERIFIED: [
    {
      how: 'a store with CRC 0',
      bytes: () => withExtra({ name: 'META-INF/content_credential.c2pa', both: { crc32: 0 } }),
      codes: ['GAB_I_C2PA_UNVERIFIED'],
    },
  ],
} as const satisfies CodeCases;
