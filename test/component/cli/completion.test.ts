import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { shells } from '../../../cli/completion.ts';
import { runCli } from '../../support/run-cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const run = promisify(execFile);
const COMMANDS =
  'validate inspect pack unpack import compare verify login logout projects list push pull activate audit completion';

it.each(shells)('the script for %s knows every command and its options', async (shell) => {
  const { exitCode, out } = await runCli(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const command of COMMANDS.split(' ')) expect(out).toMatch(new RegExp(`\\b${command}\\b`));
  for (const option of ['json', 'activate', 'expect', 'policy']) expect(out).toContain(option);
  expect(out).toContain('avatar.activated');
});

it('an unknown shell is wrong usage', async () => {
  expect((await runCli(['completion', 'tcsh'])).exitCode).toBe(2);
});

it.skipIf(process.platform === 'win32')('bash completes commands, options, their values and files', async () => {
  const folder = await tempFolder();
  const script = join(folder, 'gabinet.bash');
  await writeFile(script, (await runCli(['completion', 'bash'])).out);
  await writeFile(join(folder, 'mara.gab'), '');
  const complete = async (...words: string[]) => {
    const list = words.map((word) => `'${word}'`).join(' ');
    const lines = `. '${script}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _gabinet; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['-c', lines], { cwd: folder });
    return stdout.trim().split('\n');
  };
  expect(await complete('gabinet', 'pu')).toEqual(['push', 'pull']);
  expect(await complete('gabinet', 'push', 'Desk', '--ac')).toEqual(['--activate']);
  expect(await complete('gabinet', 'validate', '--policy', 'l')).toEqual(['lenient']);
  expect(await complete('gabinet', 'push', 'Desk', 'ma')).toEqual(['mara.gab']);
});
