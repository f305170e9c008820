import { copyFile, link, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder in which an Electron's program starts the application in `appDir`, as if it had
 * been unpacked there. Returns the program's path. Nothing is written to Electron's own folder.
 */
export async function makeProgramFolder(program: string, appDir: string, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'resources'), { recursive: true });
  for (const name of await readdir(dirname(program))) {
    if (name === 'resources' || name === basename(program)) continue;
    await symlink(join(dirname(program), name), join(folder, name));
  }
  await symlink(appDir, join(folder, 'resources', 'app'));
  // The program finds all other files beside itself, so it must be a file here. Its name decides
  // whether the application counts as packaged.
  const own = join(folder, 'electron');
  await link(program, own).catch(() => copyFile(program, own));
  return own;
}
