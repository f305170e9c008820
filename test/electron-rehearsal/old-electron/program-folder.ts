import { copyFile, link, mkdir, readdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder in which an Electron's program starts the application in `appDir`, as if it had
 * been unpacked there. Returns the program's path. Nothing is written to Electron's own folder.
 * A folder that is right stays, because another run may be using it.
 */
export async function makeProgramFolder(program: string, appDir: string, folder: string): Promise<string> {
  // The program finds all other files beside itself, so it must be a file here. Its name decides
  // whether the application counts as packaged.
  const own = join(folder, 'electron');
  const links = new Map([[join(folder, 'resources', 'app'), appDir]]);
  for (const name of await readdir(dirname(program))) {
    if (name === 'resources' || name === basename(program)) continue;
    links.set(join(folder, name), join(dirname(program), name));
  }
  if (await isRight(program, own, links)) return own;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'resources'), { recursive: true });
  for (const [path, target] of links) await symlink(target, path);
  // Last, so that a folder whose making was ended is not taken for a right one.
  await link(program, own).catch(() => copyFile(program, own));
  return own;
}

async function isRight(program: string, own: string, links: ReadonlyMap<string, string>): Promise<boolean> {
  try {
    const [wanted, found] = await Promise.all([stat(program), stat(own)]);
    // Where it could not be linked it is a copy, with another inode; one that was broken off is shorter.
    if (found.size !== wanted.size) return false;
    for (const [path, target] of links) if ((await readlink(path)) !== target) return false;
    return true;
  } catch {
    return false;
  }
}
