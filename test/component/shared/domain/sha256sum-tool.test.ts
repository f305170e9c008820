import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../../node/sha256.ts';
import { formatSum, parseSums } from '../../../../shared/lib/sha256-sums.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const ORDINARY = ['a.gab', ' leading', '*star', '-', '-rf', '#hash', 'two  spaces ', 'مارا/白い 😀.gab', '"quotes\''];
/** What our own names never have, but a folder of somebody else may. */
const ODD = ['back\\slash', 'line\nbreak', 'return\rhere', '\\n', 'tab\t', 'end\r'];

const isPosix = process.platform !== 'win32';
const hasTool = isPosix && spawnSync('sha256sum', ['--version']).status === 0;
if (!hasTool) process.stderr.write('sha256sum is not on this machine, its own check was not run\n');

it.runIf(hasTool)('sha256sum reads our sums, and we read its sums', async () => {
  const folder = await tempFolder();
  const paths = [...ORDINARY, ...ODD];
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `content of ${path}`);
  }
  const sums = paths.map((path) => ({ path, sha256: sha256Hex(`content of ${path}`) }));
  await writeFile(join(folder, 'SHA256SUMS'), sums.map(formatSum).join(''));
  const check = spawnSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([check.status, check.stdout, check.stderr]).toEqual([0, '', '']);
  const theirs = spawnSync('sha256sum', ['--', ...paths.map((path) => `./${path}`)], { cwd: folder, encoding: 'utf8' });
  expect(parseSums(theirs.stdout)).toEqual({ sums, badLines: [] });
  await writeFile(join(folder, 'a.gab'), 'changed');
  expect(spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder }).status).toBe(1);
});
