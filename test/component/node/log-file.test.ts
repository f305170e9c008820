import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openLogFile } from '../../../node/log-file.ts';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';
import { tempFolder } from '../../support/temp-folder.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

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

test('a log file that cannot be set aside loses no entry, and is set aside once that is possible', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const path = join(await tempFolder(), 'gabinet.log');
  await mkdir(join(`${path}.1`, 'in the way'), { recursive: true });
  const file = openLogFile({ path, maxBytes: 10, keptFiles: 1 });
  for (const entry of ['one\n', 'two\n', 'three\n', 'four\n']) file.write(entry);
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\nfour\n');
  expect(complaints).toHaveBeenCalledTimes(1);
  await rm(`${path}.1`, { recursive: true });
  vi.advanceTimersByTime(MINUTE_MS - 1);
  file.write('five\n');
  vi.advanceTimersByTime(1);
  file.write('six\n');
  expect(await readFile(path, 'utf8')).toBe('six\n');
  expect(await readFile(`${path}.1`, 'utf8')).toBe('one\ntwo\nthree\nfour\nfive\n');
});
