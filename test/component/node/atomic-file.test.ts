import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moveFileDurably, syncFile, syncFolder, writeFileAtomic } from '../../../node/atomic-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('writeFileAtomic', () => {
  it('makes the folder, replaces what was there, leaves nothing beside it, and nobody else may read it', async () => {
    const folder = join(await tempFolder(), 'new');
    const path = join(folder, 'settings.json');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['settings.json']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it fails', async () => {
    const folder = await tempFolder();
    // A folder of that name cannot be replaced by a file.
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'taken'), 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('moveFileDurably', () => {
  it('replaces what is at the new place and leaves nothing at the old one', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'from'), 'new');
    await writeFile(join(folder, 'to'), 'old');
    await moveFileDurably(join(folder, 'from'), join(folder, 'to'));
    expect(await readdir(folder)).toEqual(['to']);
    expect(await readFile(join(folder, 'to'), 'utf8')).toBe('new');
  });

  it('rejects and changes nothing if the file is missing', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'to'), 'old');
    await expect(moveFileDurably(join(folder, 'from'), join(folder, 'to'))).rejects.toThrow('ENOENT');
    expect(await readFile(join(folder, 'to'), 'utf8')).toBe('old');
  });
});

it('flushing a file or folder that is gone rejects with the system error', async () => {
  const folder = await tempFolder();
  await rm(folder, { recursive: true });
  await expect(syncFile(join(folder, 'file'))).rejects.toThrow('ENOENT');
  if (process.platform !== 'win32') await expect(syncFolder(folder)).rejects.toThrow('ENOENT');
});

it.runIf(process.platform === 'linux')('flushing a folder succeeds on a file system that cannot do it', async () => {
  // fsync of a folder of procfs fails with EINVAL, as on network shares and FUSE.
  await syncFolder('/proc');
});
