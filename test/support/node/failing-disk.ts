import { execFile, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempFolder } from '../temp-folder.ts';

const SOURCE = fileURLToPath(new URL('./failing-disk.c', import.meta.url));

export interface DiskFaults {
  /** Flushing a folder fails with this error. */
  readonly folderSync?: 'EINVAL' | 'EIO';
  /** Hard links fail with this error. */
  readonly link?: 'EPERM';
  /** The first renames to a bundle fail with this error. */
  readonly rename?: { readonly code: 'EPERM' | 'EIO'; readonly refusals: number };
}

/** Whether processes on this machine can be given a failing disk. */
export const canDisksFail =
  process.platform === 'linux' && spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status === 0;

/** The environment of a process whose disk fails like this. */
export async function failingDisk({ folderSync, link, rename }: DiskFaults): Promise<NodeJS.ProcessEnv> {
  const library = join(await tempFolder(), 'failing-disk.so');
  await promisify(execFile)('gcc', ['-shared', '-fPIC', '-o', library, SOURCE, '-ldl']);
  return {
    ...process.env,
    LD_PRELOAD: library,
    ...(folderSync && { FOLDER_FSYNC_ERRNO: String(constants.errno[folderSync]) }),
    ...(link && { LINK_ERRNO: String(constants.errno[link]) }),
    ...(rename && {
      RENAME_ERRNO: String(constants.errno[rename.code]),
      RENAME_REFUSALS: String(rename.refusals),
    }),
  };
}
