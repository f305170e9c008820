import { extname } from 'node:path';
import type { ByteSource } from '../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { MAX_ENTRY_BYTES } from '../../shared/gab/limits.ts';
import type { AssetFormat, AssetKind } from '../../shared/gab/manifest/manifest.ts';
import { fileNameOf, recognizeArchive } from '../../shared/gab/recognize/recognize-archive.ts';
import { recognizeBytes } from '../../shared/gab/recognize/recognize-bytes.ts';
import { describeType } from '../../shared/gab/recognize/texts.en.ts';
import { SNIFF_BYTES, startsLikeZip } from '../../shared/gab/sniff.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { UsageError } from '../command-output.ts';
import { type ForeignFiles, openForeignFiles } from './foreign-files.ts';
import { refuseOtherTypes } from './refuse-other-types.ts';

export interface ImportedFile {
  readonly id: string;
  readonly kind: AssetKind;
  readonly format: AssetFormat;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The parts of an input, in the terms of the format. */
export interface ImportedAvatar {
  readonly files: readonly ImportedFile[];
  /** The manifest's `body`, without its rig. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The file with the mesh to draw and the morphs. */
  readonly model: ImportedFile;
  /** Names of the files in the archive that are not part of the avatar. */
  readonly leftOut: readonly string[];
}

const ANIMATION_WAY =
  'An animation alone is not an avatar. Put it into a folder with its model and a manifest.json, then run “gabinet pack” on the folder.';

/** Recognizes LAM and GVRM archives by the files in them, and models by extension and content. */
export async function recognizeInput(
  source: ByteSource,
  fileName: string,
  codec: BundleCodec,
): Promise<ImportedAvatar> {
  const head = await source.read(0, Math.min(SNIFF_BYTES, source.size));
  if (startsLikeZip(head)) return avatarIn(await openForeignFiles(source, codec), head);
  refuseOtherTypes(fileName, head);
  const extension = extname(fileName).toLowerCase();
  if (extension === '.vrma') throw new UsageError(`${fileName} is a VRM animation. ${ANIMATION_WAY}`);
  if (extension !== '.glb' && extension !== '.vrm') {
    throw new UsageError(`${fileName} is a binary glTF model; rename it to end in .glb, or in .vrm if it is a VRM`);
  }
  if (source.size > MAX_ENTRY_BYTES) {
    throw new UsageError(`${fileName} has ${formatBytes(source.size)}; the limit for a file in a bundle is 67 MB`);
  }
  const bytes = await source.read(0, source.size);
  return modelAvatar(extension === '.vrm' ? 'vrm' : 'glb', bytes);
}

function modelAvatar(format: 'glb' | 'vrm', bytes: Uint8Array): ImportedAvatar {
  const model: ImportedFile = { id: 'body', kind: 'model', format, path: `model/body.${format}`, bytes };
  return { files: [model], model, body: { type: 'model3d', main: model.id }, leftOut: [] };
}

async function avatarIn(files: ForeignFiles, head: Uint8Array): Promise<ImportedAvatar> {
  const recognized = recognizeArchive(files.names);
  if (recognized?.type === 'lam-archive') return lamAvatar(files);
  if (recognized?.type === 'gvrm-archive') return gvrmAvatar(files);
  const { type, file } = recognized ?? { type: recognizeBytes(head) ?? '' };
  const text = type === 'zip' ? null : describeType(type, file);
  const neither =
    'It is neither a LAM avatar (skin.glb, offset.ply, animation.glb, vertex_order.json) nor a GVRM (model.vrm, model.ply, data.json).';
  throw new UsageError(text ? `the file is ${text.is}. ${text.way}` : `the archive contains no avatar. ${neither}`);
}

async function lamAvatar(files: ForeignFiles): Promise<ImportedAvatar> {
  const model = await take(files, 'skin.glb', { id: 'skin', kind: 'model', format: 'glb', path: 'model/skin.glb' });
  const splat = await take(files, 'offset.ply', {
    id: 'offset',
    kind: 'splat',
    format: 'ply',
    path: 'splat/offset.ply',
  });
  const animation = { id: 'animation', kind: 'animation', format: 'glb', path: 'animation/animation.glb' } as const;
  const order = { id: 'vertex-order', kind: 'data', format: 'json', path: 'data/vertex_order.json' } as const;
  const others = [
    ...(await takeIfThere(files, 'animation.glb', animation)),
    ...(await takeIfThere(files, 'vertex_order.json', order)),
  ];
  const data = others.find(({ kind }) => kind === 'data');
  const binding = { type: 'lam', model: model.id, ...(data && { data: data.id }) };
  const body = { type: 'splat', main: splat.id, rig: 'flame', binding };
  return withLeftOut(files, { files: [splat, model, ...others], model, body });
}

async function gvrmAvatar(files: ForeignFiles): Promise<ImportedAvatar> {
  const model = await take(files, 'model.vrm', { id: 'model', kind: 'model', format: 'vrm', path: 'model/model.vrm' });
  const splat = await take(files, 'model.ply', { id: 'splat', kind: 'splat', format: 'ply', path: 'splat/model.ply' });
  const place = { id: 'data', kind: 'data', format: 'json', path: 'data/data.json' } as const;
  const [data] = await takeIfThere(files, 'data.json', place);
  const binding = { type: 'gvrm', model: model.id, ...(data && { data: data.id }) };
  const body = { type: 'splat', main: splat.id, binding };
  return withLeftOut(files, { files: [splat, model, ...(data ? [data] : [])], model, body });
}

/** Everything that was not taken, such as a readme or the recorded speech of a LAM avatar. */
function withLeftOut({ names }: ForeignFiles, avatar: Omit<ImportedAvatar, 'leftOut'>): ImportedAvatar {
  const taken = new Set(avatar.files.map(({ path }) => fileNameOf(path)));
  return { ...avatar, leftOut: names.filter((name) => !taken.has(name.toLowerCase())) };
}

async function take(files: ForeignFiles, name: string, place: Omit<ImportedFile, 'bytes'>): Promise<ImportedFile> {
  return { ...place, bytes: await files.read(name) };
}

async function takeIfThere(files: ForeignFiles, name: string, place: Omit<ImportedFile, 'bytes'>) {
  return files.has(name) ? [await take(files, name, place)] : [];
}
