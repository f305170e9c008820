import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_ENTRIES } from '../shared/gab/limits.ts';
import { showText } from '../shared/gab/show-text.ts';
import { UsageError } from './command-output.ts';

/** Files that file managers leave in every folder. */
const LEFTOVERS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** macOS puts a file's metadata into a second file with this prefix (AppleDouble, RFC 1740). */
const APPLE_DOUBLE_PREFIX = '._';
/** Far more than a bundle may have: probably the wrong folder, so listing it stops here. */
const MAX_FILES = 8 * MAX_ENTRIES;

/**
 * Lists the files of a folder as paths with `/`, sorted. Links are refused, because their targets
 * may be anywhere.
 */
export async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (inside: string): Promise<void> => {
    for (const item of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? item.name : `${inside}/${item.name}`;
      if (item.isDirectory()) await walk(path);
      else if (!item.isFile())
        throw new UsageError(`${showText(path, 300)} is a link or a special file; replace it with a copy of the file`);
      else if (!isLeftover(item.name)) found.push(path);
      if (found.length > MAX_FILES)
        throw new UsageError(`${folder} has more than ${MAX_FILES} files. Is it the right folder?`);
    }
  };
  await walk('');
  return found.toSorted();
}

function isLeftover(name: string): boolean {
  return LEFTOVERS.has(name) || name.startsWith(APPLE_DOUBLE_PREFIX);
}
