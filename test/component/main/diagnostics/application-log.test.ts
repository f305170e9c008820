import { symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApplicationLog } from '../../../../main/diagnostics/application-log.ts';
import { readLogTail } from '../../../../main/diagnostics/log-tail.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function openLog(folder: string) {
  const lines: string[] = [];
  const writeLine = (line: string) => void lines.push(line);
  return { ...openApplicationLog({ folder, home: '/home/mara', writeLine }), lines };
}

test('each entry is a line of JSON in the file at once, and a warning is a readable line for the terminal', async () => {
  const folder = join(await tempFolder(), 'logs');
  const { log, lines, place } = openLog(folder);
  log.info('Started');
  log.warn('No picture', { path: '/home/mara/a.png', token: 'x', level: 5 });
  expect(place).toEqual({ path: join(folder, 'gabinet.log') });
  const [started, warned] = (await readFile(join(folder, 'gabinet.log'), 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(started ?? '')).toEqual({
    level: 'info',
    time: expect.any(String),
    pid: process.pid,
    msg: 'Started',
  });
  expect(JSON.parse(warned ?? '')).toMatchObject({
    level: 'warn',
    details: { path: '~/a.png', token: '[removed]', level: 5 },
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\S+Z warn No picture \{"path":"~\/a.png","token":"\[removed\]","level":5\}\n$/);
});

test('a folder that cannot be written breaks nothing: the entries go to the terminal only', async () => {
  const file = join(await tempFolder(), 'not-a-folder');
  writeFileSync(file, '');
  const { log, lines, place } = openLog(join(file, 'logs'));
  log.error('Something');
  expect(place).toEqual({ path: null, systemCode: 'ENOTDIR' });
  expect(lines.join('')).toMatch(/warn The log file cannot be written .*ENOTDIR.*\n.* error Something\n$/s);
});

test.runIf(process.platform === 'linux')('a full disk breaks nothing', async () => {
  const folder = join(await tempFolder(), 'logs');
  await mkdir(folder);
  symlinkSync('/dev/full', join(folder, 'gabinet.log'));
  const { log, lines } = openLog(folder);
  log.warn('One');
  log.warn('Two');
  expect(lines).toHaveLength(2);
});

test('the end of the log continues in the file before, and has no half line', async () => {
  const path = join(await tempFolder(), 'gabinet.log');
  expect(readLogTail(path, 3)).toEqual([]);
  writeFileSync(`${path}.1`, 'a\nb\nc\n');
  writeFileSync(path, 'd\ne\n');
  expect(readLogTail(path, 3)).toEqual(['c', 'd', 'e']);
  expect(readLogTail(path, 2)).toEqual(['d', 'e']);
  writeFileSync(path, `${'x'.repeat(600_000)}\nend\n`);
  expect(readLogTail(path, 1)).toEqual(['end']);
  expect(readLogTail(path, 2)).toEqual(['c', 'end']);
});
