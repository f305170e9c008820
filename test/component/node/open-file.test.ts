import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFile, withFile } from '../../../node/open-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('withFile closes the file when the work is done, and when it fails', async () => {
  const path = join(await tempFolder(), 'file');
  await writeFile(path, 'content');
  const file = await withFile(path, (opened) => Promise.resolve(opened));
  expect(file.fd).toBe(-1);
  const failing = withFile(path, () => Promise.reject(new Error('the work failed')));
  await expect(failing).rejects.toThrow('the work failed');
  await expect(withFile(`${path}.none`, () => Promise.resolve())).rejects.toThrow('ENOENT');
});

test('createFile returns false and changes nothing if there is a file or folder of that name', async () => {
  const folder = await tempFolder();
  const path = join(folder, 'file');
  expect(await createFile(path, 'one')).toBe(true);
  expect(await createFile(path, 'two')).toBe(false);
  expect(await readFile(path, 'utf8')).toBe('one');
  await mkdir(join(folder, 'folder'));
  expect(await createFile(join(folder, 'folder'), 'two')).toBe(false);
  await expect(createFile(join(folder, 'none', 'file'), 'two')).rejects.toThrow('ENOENT');
});
