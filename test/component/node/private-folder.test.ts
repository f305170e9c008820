import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makePrivateFolder } from '../../../node/private-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** As an earlier version made it: everybody may read it. */
async function openFolder() {
  const parent = await tempFolder();
  const folder = join(parent, 'data');
  await mkdir(join(folder, 'accounts'), { recursive: true });
  await writeFile(join(folder, 'accounts', 'library.db'), 'rows');
  await writeFile(join(parent, 'elsewhere'), 'not ours to change');
  await symlink(join(parent, 'elsewhere'), join(folder, 'link'));
  for (const path of [folder, join(folder, 'accounts')]) await chmod(path, 0o755);
  for (const path of [join(folder, 'accounts', 'library.db'), join(parent, 'elsewhere')]) await chmod(path, 0o644);
  return { parent, folder };
}

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  test('that is new is closed to others, and its parents are as usual', async () => {
    const parent = join(await tempFolder(), 'parent');
    await makePrivateFolder(join(parent, 'data'));
    expect(await modeOf(join(parent, 'data'))).toBe('700');
    expect(await modeOf(parent)).toBe((0o777 & ~process.umask()).toString(8));
  });

  test.runIf(existsSync('/proc/self'))('that the system does not let anybody make is an error at once', async () => {
    for (const path of ['/proc/gabinet', '/proc/gabinet/data']) {
      await expect(makePrivateFolder(path)).rejects.toMatchObject({ code: 'ENOENT' });
    }
  });

  test('can be made by many at once, with the same missing parents', async () => {
    const folder = await tempFolder();
    for (let round = 0; round < 20; round += 1) {
      const parent = join(folder, String(round), 'missing', 'parents');
      const makeLater = async (index: number) => {
        for (let tick = 0; tick < index; tick += 1) await setImmediate();
        await makePrivateFolder(join(parent, `data-${index}`));
      };
      await Promise.all(Array.from({ length: 20 }, (_, index) => makeLater(index)));
      expect(await readdir(parent)).toHaveLength(20);
    }
  });

  test('that others may read is closed to them with all that is in it, and links are not followed', async () => {
    const { parent, folder } = await openFolder();
    await makePrivateFolder(folder);
    expect(await modeOf(folder)).toBe('700');
    expect(await modeOf(join(folder, 'accounts'))).toBe('700');
    expect(await modeOf(join(folder, 'accounts', 'library.db'))).toBe('600');
    expect(await readFile(join(folder, 'accounts', 'library.db'), 'utf8')).toBe('rows');
    expect(await modeOf(join(parent, 'elsewhere'))).toBe('644');
  });

  test('may keep a group that enters it, but nothing more', async () => {
    const { folder } = await openFolder();
    await makePrivateFolder(folder, { groupMayEnter: true });
    expect(await modeOf(folder)).toBe('710');
    await chmod(join(folder, 'accounts'), 0o755);
    await makePrivateFolder(folder, { groupMayEnter: true });
    // It was private already, so a large one is not read at every start.
    expect(await modeOf(join(folder, 'accounts'))).toBe('755');
    await makePrivateFolder(folder);
    expect([await modeOf(folder), await modeOf(join(folder, 'accounts'))]).toEqual(['700', '700']);
  });
});
