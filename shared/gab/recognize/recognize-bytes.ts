import { type ForbiddenType, latin1, sniffForbidden, startsLikeZip } from '../sniff.ts';
import { type PlyKind, plyKindOf } from './ply-kind.ts';

/** What a file is according to its first bytes, whatever its name says. */
export type FileType =
  | ForbiddenType
  | 'empty'
  | 'git-lfs-pointer'
  | 'glb'
  | 'gltf-text'
  | 'fbx'
  | 'obj'
  | 'blend'
  | 'usd'
  | 'usdz'
  | 'zip'
  | 'ply'
  | `ply-${PlyKind}`
  | 'spz'
  | 'gzip'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'heic'
  | 'avif'
  | 'bmp'
  | 'tiff'
  | 'mp4'
  | 'flac'
  | 'json';

/** Formats that begin with fixed bytes. */
const magics: readonly (readonly [string, FileType])[] = [
  ['glTF', 'glb'],
  ['version https://git-lfs.github.com/spec/', 'git-lfs-pointer'],
  ['Kaydara FBX Binary', 'fbx'],
  ['; FBX ', 'fbx'],
  ['BLENDER', 'blend'],
  ['PXR-USDC', 'usd'],
  ['#usda ', 'usd'],
  ['NGSP', 'spz'],
  ['\x1f\x8b', 'gzip'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['\xff\xd8\xff', 'jpeg'],
  ['GIF8', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['fLaC', 'flac'],
];

const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
/** Comments, then a statement that begins a Wavefront OBJ. */
const OBJ = /^(?:#[^\n]*\n|[ \t]*\r?\n)*(?:mtllib|usemtl|o|g|v|vn|vt)[ \t]+\S[^\n\0]*\n/;
/** Fields that only a glTF has; any of them may come first. */
const GLTF_FIELD = /"(?:accessors|bufferViews|buffers|meshes|asset|scenes)"\s*:/;
const LOCAL_NAME_AT = 30;

/**
 * Recognizes a file by its first bytes (`SNIFF_BYTES` are enough). Returns `null` for anything else.
 * An answer is a help for people, not a check: nothing is accepted because of it.
 */
export function recognizeBytes(head: Uint8Array): FileType | null {
  if (head.byteLength === 0) return 'empty';
  const text = latin1(head);
  if (startsLikeZip(head)) return isUsdz(text, head) ? 'usdz' : 'zip';
  const magic = magics.find(([start]) => text.startsWith(start));
  if (magic) return magic[1];
  if (/^ply\r?\n/.test(text)) return recognizePly(text);
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (/^BM.{4}\0{4}/s.test(text)) return 'bmp';
  if (text.startsWith('ftyp', 4)) return recognizeIsoMedia(text);
  return sniffForbidden(head) ?? recognizeText(text.replace(BYTE_ORDER_MARK, ''));
}

/** A USDZ is a ZIP whose first file is the scene. */
function isUsdz(text: string, head: Uint8Array): boolean {
  const nameBytes = (head[26] ?? 0) | ((head[27] ?? 0) << 8);
  return /\.usd[ac]?$/i.test(text.slice(LOCAL_NAME_AT, LOCAL_NAME_AT + nameBytes));
}

/** Pictures, sounds and films of the MP4 family (ISO 14496-12) differ in their brand. */
function recognizeIsoMedia(text: string): FileType {
  const brand = text.slice(8, 12);
  if (brand === 'avif' || brand === 'avis') return 'avif';
  return /^(?:hei|hev|mif1|msf1)/.test(brand) ? 'heic' : 'mp4';
}

/** A header that is longer than what is known of it may be anything. */
function recognizePly(text: string): FileType {
  const end = text.search(/\nend_header\r?\n/);
  return end < 0 ? 'ply' : `ply-${plyKindOf(text.slice(0, end + 1))}`;
}

function recognizeText(text: string): FileType | null {
  if (OBJ.test(text)) return 'obj';
  if (!/^\s*\{/.test(text)) return null;
  return GLTF_FIELD.test(text) ? 'gltf-text' : 'json';
}
