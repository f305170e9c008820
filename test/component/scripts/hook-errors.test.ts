import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const PROJECT = join(import.meta.dirname, '../../..');

/** Each part lets Vitest fail although every test passes. */
const GREEN_TESTS_IN_A_RED_FILE = `
import { afterAll, describe, test } from 'vitest';
describe('a group', () => {
  afterAll(() => { throw new TypeError('a hook that failed'); });
  test('passes', () => {});
});
test('passes, too', () => void Promise.reject(new RangeError('a promise nobody waited for')));
`;

test('errors that belong to no test are written with their place and reason', async () => {
  const folder = await tempFolder();
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'green.test.ts'), GREEN_TESTS_IN_A_RED_FILE);
  writeFileSync(join(folder, 'broken.test.ts'), `throw new SyntaxError('not a test file');`);
  const errorsFile = join(folder, 'errors.json');

  const reporter = join(PROJECT, 'scripts/hook-errors-reporter.ts');
  const vitest = join(PROJECT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, `--reporter=${reporter}`];
  const { status } = spawnSync(process.execPath, args, {
    env: { PATH: process.env.PATH, HOOK_ERRORS_FILE: errorsFile },
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  const errors = JSON.parse(readFileSync(errorsFile, 'utf8')) as readonly string[];
  expect(errors.toSorted()).toEqual([
    expect.stringMatching(/broken\.test\.ts: SyntaxError: not a test file$/),
    expect.stringMatching(/green\.test\.ts: a group: TypeError: a hook that failed$/),
    'not caught: RangeError: a promise nobody waited for',
  ]);
});
