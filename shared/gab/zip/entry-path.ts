import { MAX_PATH_BYTES, MAX_PATH_SEGMENTS } from '../limits.ts';

const SEGMENT = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/;
// Windows opens a device for these names in any folder, with any extension (learn.microsoft.com,
// "Naming Files").
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

export type PathFault = 'empty' | 'too-long' | 'too-deep' | 'segment' | 'device';

/**
 * Returns why a path is not allowed in a bundle (gab-format 2.3), or `null` if it is. Paths are
 * ASCII, so one character is one byte.
 */
export function findPathFault(path: string): PathFault | null {
  if (path === '') return 'empty';
  if (path.length > MAX_PATH_BYTES) return 'too-long';
  const segments = path.split('/');
  if (segments.length > MAX_PATH_SEGMENTS) return 'too-deep';
  for (const segment of segments) {
    if (!SEGMENT.test(segment)) return 'segment';
    if (WINDOWS_DEVICE.test(segment)) return 'device';
  }
  return null;
}

/**
 * Common file systems ignore ASCII case, so names that differ only in case are the same file there.
 */
export function foldCase(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Returns why a path of another format's archive could leave the folder it is unpacked to, or
 * `null`. Much less strict than for bundles: such archives have spaces, folders and names in any
 * script.
 */
export function findUnsafePathFault(name: string): 'empty' | 'absolute' | 'traversal' | 'character' | null {
  if (name === '') return 'empty';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'absolute';
  // One character per byte: from 80 on, they are parts of letters.
  if (/(?![\u0080-\u009f])\p{Cc}|\\/u.test(name)) return 'character';
  return name.split('/').includes('..') ? 'traversal' : null;
}
