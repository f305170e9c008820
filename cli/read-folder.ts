import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_ENTRIES } from '../shared/gab/limits.ts';
import { showText } from '../shared/gab/show-text.ts';
import { UsageError } from './command-output.ts';

/** What file managers leave in every folder; nobody means to pack it. */
const LEFTOVERS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** Far more than a bundle may have: somebody named the wrong folder, and it is not walked to its end. */
const MAX_FILES = 8 * MAX_ENTRIES;

/** The files of a folder as paths with `/`, sorted. Links are refused: what they point at may lie anywhere. */
export async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (inside: string): Promise<void> => {
    for (const item of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? item.name : `${inside}/${item.name}`;
      if (item.isDirectory()) await walk(path);
      else if (!item.isFile())
        throw new UsageError(`${showText(path, 300)} is a link or no regular file; put the file itself there`);
      else if (!LEFTOVERS.has(item.name)) found.push(path);
      if (found.length > MAX_FILES)
        throw new UsageError(`${folder} has more than ${MAX_FILES} files: is it the right one?`);
    }
  };
  await walk('');
  return found.toSorted();
}
