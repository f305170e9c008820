import { findUnsafePathFault } from '../../gab/zip/entry-path.ts';

export const MANIFEST_FILE = 'manifest.json';
export const SUMS_FILE = 'SHA256SUMS';
export const README_FILE = 'README.txt';
export const INDEX_FILE = 'index.html';
export const PICTURES_FOLDER = 'pictures';

/** Names at the top of an export that no customer's folder may have. */
export const TOP_NAMES = [MANIFEST_FILE, SUMS_FILE, README_FILE, INDEX_FILE, PICTURES_FOLDER] as const;

/**
 * Whether a path from an export names something inside its folder on every platform, in exactly one
 * way: relative, without backslashes, control characters and empty or dotted segments.
 */
export function isPathInside(path: string): boolean {
  if (findUnsafePathFault(path) !== null) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.');
}
