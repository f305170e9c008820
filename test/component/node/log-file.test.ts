import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '../../../node/log-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a log file is set aside when it is full, and the oldest one is replaced', async () => {
  const folder = join(await tempFolder(), 'logs');
  const file = openLogFile({ path: join(folder, 'gabinet.log'), maxBytes: 10, keptFiles: 2 });
  for (const entry of ['one\n', 'two\n', 'three\n', 'a longer entry\n', 'five\n', 'six\n']) file.write(entry);
  expect((await readdir(folder)).toSorted()).toEqual(['gabinet.log', 'gabinet.log.1', 'gabinet.log.2']);
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  expect(await read('gabinet.log')).toBe('five\nsix\n');
  expect(await read('gabinet.log.1')).toBe('a longer entry\n');
  expect(await read('gabinet.log.2')).toBe('three\n');
});

test('a log file continues after a restart, and only its owner may read it', async () => {
  const path = join(await tempFolder(), 'gabinet.log');
  const options = { path, maxBytes: 10, keptFiles: 1 };
  openLogFile(options).write('before\n');
  openLogFile(options).write('after\n');
  expect(await readFile(path, 'utf8')).toBe('after\n');
  expect(await readFile(`${path}.1`, 'utf8')).toBe('before\n');
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});
