import { extname } from 'node:path';
import type { ByteSource } from '../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { MAX_ENTRY_BYTES } from '../../shared/gab/limits.ts';
import type { AssetFormat, AssetKind } from '../../shared/gab/manifest/manifest.ts';
import { startsLikeZip } from '../../shared/gab/sniff.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { UsageError } from '../command-output.ts';
import { type ForeignFiles, openForeignFiles } from './foreign-files.ts';

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
}

/** Recognizes LAM and GVRM archives by the files in them, and models by extension and content. */
export async function recognizeInput(
  source: ByteSource,
  fileName: string,
  codec: BundleCodec,
): Promise<ImportedAvatar> {
  if (startsLikeZip(await source.read(0, Math.min(4, source.size)))) {
    return recognizeArchive(await openForeignFiles(source, codec));
  }
  const extension = extname(fileName).toLowerCase();
  if (extension !== '.glb' && extension !== '.vrm') {
    throw new UsageError(`${fileName} can't be imported; use a LAM or GVRM zip, .glb or .vrm file`);
  }
  if (source.size > MAX_ENTRY_BYTES) {
    throw new UsageError(`${fileName} has ${formatBytes(source.size)}; the limit for a file in a bundle is 67 MB`);
  }
  const bytes = await source.read(0, source.size);
  return modelAvatar(extension === '.vrm' ? 'vrm' : 'glb', bytes);
}

function modelAvatar(format: 'glb' | 'vrm', bytes: Uint8Array): ImportedAvatar {
  const model: ImportedFile = { id: 'body', kind: 'model', format, path: `model/body.${format}`, bytes };
  return { files: [model], model, body: { type: 'model3d', main: model.id } };
}

function recognizeArchive(files: ForeignFiles): Promise<ImportedAvatar> {
  if (files.has('skin.glb') && files.has('offset.ply')) return lamAvatar(files);
  if (files.has('model.vrm') && files.has('model.ply')) return gvrmAvatar(files);
  throw new UsageError(
    'the archive is neither a LAM avatar (skin.glb, offset.ply, animation.glb, vertex_order.json) nor a GVRM (model.vrm, model.ply, data.json)',
  );
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
  return { files: [splat, model, ...others], model, body: { type: 'splat', main: splat.id, rig: 'flame', binding } };
}

async function gvrmAvatar(files: ForeignFiles): Promise<ImportedAvatar> {
  const model = await take(files, 'model.vrm', { id: 'model', kind: 'model', format: 'vrm', path: 'model/model.vrm' });
  const splat = await take(files, 'model.ply', { id: 'splat', kind: 'splat', format: 'ply', path: 'splat/model.ply' });
  const place = { id: 'data', kind: 'data', format: 'json', path: 'data/data.json' } as const;
  const [data] = await takeIfThere(files, 'data.json', place);
  const binding = { type: 'gvrm', model: model.id, ...(data && { data: data.id }) };
  const body = { type: 'splat', main: splat.id, binding };
  return { files: [splat, model, ...(data ? [data] : [])], model, body };
}

async function take(files: ForeignFiles, name: string, place: Omit<ImportedFile, 'bytes'>): Promise<ImportedFile> {
  return { ...place, bytes: await files.read(name) };
}

async function takeIfThere(files: ForeignFiles, name: string, place: Omit<ImportedFile, 'bytes'>) {
  return files.has(name) ? [await take(files, name, place)] : [];
}
