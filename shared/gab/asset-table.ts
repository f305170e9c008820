import { KIB, MIB } from '../lib/sizes.ts';
import { MAX_THUMBNAIL_BYTES } from './limits.ts';
import { type AssetFormat, type AssetKind, assetKinds, type GabAsset } from './manifest/manifest.ts';

export interface KindRule {
  /** Folder with its slash; empty for the root. */
  readonly folder: string;
  readonly formats: readonly AssetFormat[];
  readonly maxBytes: number;
}

/**
 * Where each kind belongs, which formats it may have and how large it may be (gab-format 2.5 and
 * 4).
 */
export const kindRules: Readonly<Record<AssetKind, KindRule>> = {
  thumbnail: { folder: '', formats: ['png', 'jpeg', 'webp'], maxBytes: MAX_THUMBNAIL_BYTES },
  model: { folder: 'model/', formats: ['glb', 'vrm'], maxBytes: 48 * MIB },
  splat: { folder: 'splat/', formats: ['ply', 'spz'], maxBytes: 48 * MIB },
  portrait: { folder: 'portrait/', formats: ['png', 'jpeg', 'webp'], maxBytes: 8 * MIB },
  animation: { folder: 'animation/', formats: ['glb', 'vrma'], maxBytes: 16 * MIB },
  audio: { folder: 'audio/', formats: ['wav', 'mp3', 'ogg'], maxBytes: 8 * MIB },
  data: { folder: 'data/', formats: ['json'], maxBytes: 4 * MIB },
  document: { folder: 'docs/', formats: ['txt', 'md', 'json'], maxBytes: 1024 * KIB },
};

export function extensionOf(format: AssetFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/** A newer minor version may add kinds and formats that this reader only stores. */
export function isKnownKind(kind: string): kind is AssetKind {
  return (assetKinds as readonly string[]).includes(kind);
}

/** Whether kind, format, folder and extension match. */
export function isWellPlaced({ kind, format, path }: GabAsset): boolean {
  const { folder, formats } = kindRules[kind];
  if (!formats.includes(format) || !path.endsWith(`.${extensionOf(format)}`)) return false;
  return kind === 'thumbnail' ? path === `thumbnail.${extensionOf(format)}` : path.startsWith(folder);
}
