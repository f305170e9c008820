import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the project: the nearest one with a `package.json`. Found from any module, whether
 * the program runs from its source or built, from `out`. Throws if there is none.
 */
export function projectFolder(moduleFolder: string): string {
  for (let folder = moduleFolder; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${moduleFolder}`);
  }
}
