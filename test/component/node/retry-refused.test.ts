import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeFile, removeFolder } from '../../../node/remove.ts';
import { renameFile, renameFileSync } from '../../../node/rename.ts';
import { retryRefused, retryRefusedSync } from '../../../node/retry-refused.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const systemError = (code: string) => Object.assign(new Error(code), { code });

/** A call that fails with these codes, one after the other, and then succeeds. */
function refusedFirst(...codes: string[]) {
  let calls = 0;
  const callSync = () => {
    calls += 1;
    const code = codes[calls - 1];
    if (code !== undefined) throw systemError(code);
    return 'done';
  };
  return { callSync, call: async () => callSync(), calls: () => calls };
}

describe('a call of the file system that is refused', () => {
  const delaysMs = [0, 0, 0];

  it('is repeated until it succeeds, whatever the system calls the refusal', async () => {
    const refused = refusedFirst('EPERM', 'EACCES', 'EBUSY');
    expect(await retryRefused(refused.call, { delaysMs })).toBe('done');
    const again = refusedFirst('EPERM', 'EACCES', 'EBUSY');
    expect(retryRefusedSync(again.callSync, { delaysMs })).toBe('done');
    expect([refused.calls(), again.calls()]).toEqual([4, 4]);
  });

  it('fails with its last error after the last attempt', async () => {
    const refused = refusedFirst('EPERM', 'EPERM', 'EPERM', 'EBUSY');
    await expect(retryRefused(refused.call, { delaysMs })).rejects.toThrow('EBUSY');
    const again = refusedFirst('EPERM', 'EPERM', 'EPERM', 'EBUSY');
    expect(() => retryRefusedSync(again.callSync, { delaysMs })).toThrow('EBUSY');
  });

  it('fails immediately for an error that does not pass, or for a code the caller did not name', async () => {
    const broken = refusedFirst('EIO');
    await expect(retryRefused(broken.call, { delaysMs })).rejects.toThrow('EIO');
    const other = refusedFirst('EPERM');
    await expect(retryRefused(other.call, { delaysMs, codes: ['EBUSY'] })).rejects.toThrow('EPERM');
    expect([broken.calls(), other.calls()]).toEqual([1, 1]);
  });

  it('fails immediately if its folder cannot be written', async () => {
    const refused = refusedFirst('EACCES');
    const folders = [join(await tempFolder(), 'none')];
    await expect(retryRefused(refused.call, { delaysMs, folders })).rejects.toThrow('EACCES');
    expect(refused.calls()).toBe(1);
  });
});

describe('renaming and removing', () => {
  it('moves files and folders, and rejects immediately if there is nothing to move', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'a'), 'x');
    await renameFile(join(folder, 'a'), join(folder, 'b'));
    renameFileSync(join(folder, 'b'), join(folder, 'c'));
    expect(await readdir(folder)).toEqual(['c']);
    await expect(renameFile(join(folder, 'a'), join(folder, 'b'))).rejects.toThrow('ENOENT');
  });

  it('deletes what is there and is content if there is nothing', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await writeFile(join(folder, 'c'), 'x');
    await removeFolder(join(folder, 'a'));
    await removeFolder(join(folder, 'a'));
    await removeFile(join(folder, 'c'));
    await removeFile(join(folder, 'c'));
    expect(await readdir(folder)).toEqual([]);
  });
});
