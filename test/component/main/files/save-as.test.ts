import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveAs } from '../../../../main/files/save-as.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

async function part(folder: string, content: string): Promise<string> {
  const path = join(folder, `.part-${content}`);
  await writeFile(path, content);
  return path;
}

describe('saveAs', () => {
  it.skipIf(process.platform === 'win32')('keeps an unusual name unchanged', async () => {
    const folder = await tempFolder();
    const path = await saveAs(await part(folder, 'x'), folder, 'Zoë "白い".gab');
    expect(await readdir(folder)).toEqual(['Zoë "白い".gab']);
    expect(await readFile(path, 'utf8')).toBe('x');
  });

  it('never overwrites: later files get a number, even when many are saved at once', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'Mara.gab'), 'mine');
    const parts = await Promise.all(['1', '2', '3'].map((content) => part(folder, content)));
    const saved = await Promise.all(parts.map((path) => saveAs(path, folder, 'Mara.gab')));
    expect(new Set(saved).size).toBe(3);
    const names = ['Mara (2).gab', 'Mara (3).gab', 'Mara (4).gab', 'Mara.gab'];
    expect((await readdir(folder)).sort()).toEqual(names);
    expect(await readFile(join(folder, 'Mara.gab'), 'utf8')).toBe('mine');
  });

  it('never writes outside the folder', async () => {
    const folder = join(await tempFolder(), 'downloads');
    await mkdir(folder);
    const path = await saveAs(await part(folder, 'x'), folder, '../../evil.gab');
    expect(path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`)).toBe(true);
  });
});
