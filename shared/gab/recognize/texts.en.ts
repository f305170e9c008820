import { sentence } from '../../lib/sentence.ts';
import type { ArchiveType } from './recognize-archive.ts';
import type { FileType } from './recognize-bytes.ts';

/** A type of file in words, and what to do with such a file. */
export interface TypeText {
  /** With its article: "a web page". Fits "The file is ..." */
  readonly is: string;
  /** What to do with the file to get an avatar. */
  readonly way: string;
  /** What to do with it as a file in a bundle, if that differs. */
  readonly wayInBundle?: string;
}

const SAVE_AGAIN = 'A save or a download was probably interrupted. Save or download the file again.';
const DOWNLOAD_AGAIN =
  'If you downloaded it, the server probably sent an error page. Download it again and look inside.';
const DO_NOT_OPEN = "Don't open it. Ask where the file comes from.";
const EXPORT_AS_GLB = 'Open it in a 3D program such as Blender and export it as binary glTF (.glb) or VRM.';
const EXPORT_AS_GLB_UNPACKED =
  'Unpack the archive, open the model in a 3D program such as Blender, export it as binary glTF (.glb) or VRM, then run “gabinet import” on that file.';
const IMPORT = 'Make a bundle of it with “gabinet import”.';
const UNPACK_AND_IMPORT = 'Unpack the archive, then make a bundle of the model in it with “gabinet import”.';
const USE_THE_FILE_INSIDE = 'Unpack it and use the file inside.';
const PACK_SPLAT = 'Put it into a folder with a manifest.json that lists it, then run “gabinet pack” on the folder.';
const PICTURE =
  'A picture can be the thumbnail or the 2D body of an avatar (“gabinet pack”). The texts of a character card have to be copied by hand.';
const SAVE_AS_PNG = 'Save it as PNG, JPEG or WebP.';
const OTHER_FORMAT = 'Save the file in the format that the manifest names, then export the avatar again.';

const texts: Readonly<Record<FileType | ArchiveType, TypeText>> = {
  empty: { is: 'empty', way: SAVE_AGAIN },
  'git-lfs-pointer': {
    is: 'a Git LFS pointer, a short text that stands for the real file',
    way: 'Fetch the real file with “git lfs pull”, then try again.',
  },
  'web-page': { is: 'a web page', way: DOWNLOAD_AGAIN },
  svg: { is: 'an SVG drawing', way: 'Save it as a PNG picture.' },
  pdf: { is: 'a PDF document', way: DOWNLOAD_AGAIN },
  program: { is: 'a program', way: DO_NOT_OPEN },
  script: { is: 'a script', way: DO_NOT_OPEN },
  rar: { is: 'a RAR archive', way: UNPACK_AND_IMPORT, wayInBundle: USE_THE_FILE_INSIDE },
  '7z': { is: 'a 7-Zip archive', way: UNPACK_AND_IMPORT, wayInBundle: USE_THE_FILE_INSIDE },
  zip: { is: 'a ZIP archive', way: UNPACK_AND_IMPORT, wayInBundle: USE_THE_FILE_INSIDE },
  gzip: {
    is: 'data compressed with gzip',
    way: 'If it is an SPZ splat, put it into a folder with a manifest.json that lists it, then run “gabinet pack” on the folder.',
    wayInBundle: OTHER_FORMAT,
  },
  glb: { is: 'a binary glTF model (GLB or VRM)', way: IMPORT, wayInBundle: OTHER_FORMAT },
  'gltf-text': { is: 'a glTF model as text (.gltf)', way: EXPORT_AS_GLB },
  fbx: { is: 'an FBX model', way: EXPORT_AS_GLB },
  obj: { is: 'an OBJ model', way: EXPORT_AS_GLB },
  blend: { is: 'a Blender file', way: EXPORT_AS_GLB },
  usd: { is: 'a USD model', way: EXPORT_AS_GLB },
  usdz: { is: 'a USDZ model', way: EXPORT_AS_GLB },
  ply: { is: 'a PLY file (a splat or a mesh)', way: PACK_SPLAT, wayInBundle: OTHER_FORMAT },
  'ply-splat': { is: 'a Gaussian splat in PLY format', way: PACK_SPLAT, wayInBundle: OTHER_FORMAT },
  'ply-supersplat': {
    is: "a compressed splat of SuperSplat, which isn't supported",
    way: `Export it from SuperSplat as uncompressed PLY or as SPZ. ${PACK_SPLAT}`,
    wayInBundle: 'Export it from SuperSplat as uncompressed PLY or as SPZ.',
  },
  'ply-mesh': { is: 'a mesh or a plain cloud of points in PLY format', way: EXPORT_AS_GLB },
  spz: { is: 'an SPZ splat', way: PACK_SPLAT, wayInBundle: OTHER_FORMAT },
  png: { is: 'a PNG picture', way: PICTURE, wayInBundle: OTHER_FORMAT },
  jpeg: { is: 'a JPEG picture', way: PICTURE, wayInBundle: OTHER_FORMAT },
  gif: { is: 'a GIF picture', way: SAVE_AS_PNG },
  webp: { is: 'a WebP picture', way: PICTURE, wayInBundle: OTHER_FORMAT },
  heic: { is: 'a HEIC picture', way: SAVE_AS_PNG },
  avif: { is: 'an AVIF picture', way: SAVE_AS_PNG },
  bmp: { is: 'a BMP picture', way: SAVE_AS_PNG },
  tiff: { is: 'a TIFF picture', way: SAVE_AS_PNG },
  mp4: { is: 'a film or a sound in MP4 format', way: 'Save a sound as WAV, MP3 or Ogg.' },
  flac: { is: 'a FLAC sound', way: 'Save it as WAV, MP3 or Ogg.' },
  json: { is: 'a JSON file', way: EXPORT_AS_GLB, wayInBundle: OTHER_FORMAT },
  'lam-archive': { is: 'a ZIP archive with a LAM avatar', way: IMPORT },
  'gvrm-archive': { is: 'a ZIP archive with a GVRM avatar', way: IMPORT },
  'card-archive': {
    is: 'a character card with its pictures',
    way: "Character cards can't be imported yet. Unpack the archive and write a manifest.json with the texts of its card.json, then run “gabinet pack” on the folder.",
  },
  'card-and-model-archive': {
    is: 'a character card with a model',
    way: "The texts of the card can't be imported yet. Unpack the archive, then make a bundle of the model in it with “gabinet import”.",
  },
  'model-archive': { is: 'a ZIP archive with a model', way: UNPACK_AND_IMPORT },
  'models-archive': { is: 'a ZIP archive with several models', way: UNPACK_AND_IMPORT },
  'gltf-archive': { is: 'a ZIP archive with a glTF model in several files (.gltf)', way: EXPORT_AS_GLB_UNPACKED },
  'other-model-archive': {
    is: 'a ZIP archive with a model in another format',
    way: EXPORT_AS_GLB_UNPACKED,
  },
  'live2d-archive': {
    is: 'a ZIP archive with a Live2D model',
    way: "Live2D models can't be used. A picture of it can be the 2D body of an avatar.",
  },
  'splat-archive': { is: 'a ZIP archive with a splat', way: `Unpack the archive. ${PACK_SPLAT}` },
};

/**
 * A recognized type in words; `null` for a type that this version does not know. `file` is the name
 * of the one file in an archive that matters.
 */
export function describeType(type: string, file?: string): TypeText | null {
  if (!Object.hasOwn(texts, type)) return null;
  const text = texts[type as keyof typeof texts];
  return file === undefined || file === '' ? text : { ...text, is: sentence`${text.is} (${file})` };
}
