import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure } from '../../shared/contract/failure.ts';
import { isGabinetLink, type LinkTarget, readGabinetLink } from '../../shared/domain/gabinet-link.ts';

/** What somebody asks to open, as the system passed it. */
export interface OpenRequest {
  /** Paths, `file:` addresses (file managers of Linux pass those) and links. */
  readonly names: readonly string[];
  /** Relative paths are resolved against it: the one of the program that was started. */
  readonly workingDirectory: string;
}

export type NamedThing =
  | { readonly kind: 'link'; readonly target: LinkTarget }
  /** An absolute path on this computer. Nothing has looked at it yet. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** Longer than the paths of any system, in characters. */
const MAX_NAME_CHARS = 32_768;

/** Pure: reads one name without looking at the disk or the network. */
export function readName(name: string, workingDirectory: string, platform = process.platform): NamedThing {
  if (isGabinetLink(name)) {
    const target = readGabinetLink(name);
    return target === null ? refused('not_a_gabinet_link') : { kind: 'link', target };
  }
  if (name.length > MAX_NAME_CHARS) return refused('not_a_path');
  const path = pathIn(name, platform);
  if (path === null || path === '' || path.includes('\0')) return refused('not_a_path');
  const absolute = (platform === 'win32' ? win32 : posix).resolve(workingDirectory, path);
  return platform === 'win32' && isNetworkOrDevice(absolute)
    ? refused('network_path')
    : { kind: 'file', path: absolute };
}

function refused(code: 'not_a_gabinet_link' | 'not_a_path' | 'network_path'): NamedThing {
  return { kind: 'refused', failure: { code } };
}

function pathIn(name: string, platform: NodeJS.Platform): string | null {
  if (!/^file:/i.test(name)) return name;
  try {
    return fileURLToPath(name, { windows: platform === 'win32' });
  } catch {
    return null;
  }
}

/**
 * Threat: on Windows a look at `\\host\share\file` signs the person in at that host, which receives
 * a proof of the password. What is opened from outside may come from a page or a message, so it is
 * refused unseen. The same file can be dropped on the window, or opened from a drive letter.
 */
function isNetworkOrDevice(path: string): boolean {
  return path.startsWith('\\\\');
}
