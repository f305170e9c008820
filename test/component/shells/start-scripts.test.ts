import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../../scripts/input-fingerprint.ts';
import { ManagedProcess, nodeProgram } from '../../../scripts/managed-process.ts';
import { readStartOptions } from '../../../scripts/start-options.ts';
import { temporaryFolder } from '../../support/shells/fake-application.ts';

describe('options of npm start', () => {
  test.each([
    [[], { shell: 'auto', open: true, server: null, names: [] }],
    [['--shell=browser'], { shell: 'browser', open: true, server: null, names: [] }],
    [['--shell', 'electron', '--no-open'], { shell: 'electron', open: false, server: null, names: [] }],
    [['--server=http://127.0.0.1:4610'], { shell: 'auto', open: true, server: 'http://127.0.0.1:4610', names: [] }],
    [
      ['in/mara.gab', 'gabinet://x'],
      { shell: 'auto', open: true, server: null, names: ['in/mara.gab', 'gabinet://x'] },
    ],
  ])('%j', (args, options) => expect(readStartOptions(args)).toEqual(options));

  test.each([
    [['--shell=mosaic']],
    [['--shel=browser']],
    [['browser']],
    [['--server=gabinet.example']],
    [['--server=ftp://gabinet.example']],
  ])('%j prints the usage', (args) => {
    expect(readStartOptions(args)).toMatch(/^Usage: npm start/);
  });
});

describe('the fingerprint of a build’s inputs', () => {
  test('changes only with a file’s content, name, path or modification time', async () => {
    const base = await temporaryFolder('inputs');
    await mkdir(join(base, 'renderer', 'deep'), { recursive: true });
    const file = join(base, 'renderer', 'deep', 'a.ts');
    const noted = new Set<string>();
    const note = async () => noted.add(await fingerprintOf(base, ['renderer', 'missing', 'one.json']));
    await writeFile(file, 'one');
    await utimes(file, 1, 1);
    await note();
    await note();
    await writeFile(join(base, 'outside.ts'), 'x');
    await note();
    expect(noted.size).toBe(1);
    await utimes(file, 2, 2);
    await note();
    await writeFile(file, 'longer');
    await utimes(file, 2, 2);
    await note();
    await writeFile(join(base, 'renderer', 'b.ts'), '');
    await note();
    await writeFile(join(base, 'one.json'), '{}');
    await note();
    expect(noted.size).toBe(5);
  });
});

describe('a managed process', () => {
  async function begin(source: string, isOurs = true): Promise<ManagedProcess> {
    const folder = await temporaryFolder('process');
    const path = join(folder, 'program.mjs');
    await writeFile(path, source);
    const program = isOurs ? nodeProgram(path) : { command: process.execPath, args: [path] };
    return new ManagedProcess({
      name: 'program',
      ...program,
      environment: { TEST_WORD: 'hello' },
      logPath: join(folder, 'log'),
    });
  }

  test('is asked to stop through its channel and stops in its own order', async () => {
    const child = await begin(`
      process.on('SIGTERM', () => { console.log('said goodbye'); process.exit(0); });
      setInterval(() => undefined, 1000);
      console.log('ready ' + process.env.TEST_WORD);`);
    expect(await child.nextLine(/^ready (\w+)/)).toBe('hello');
    await child.end();
    expect(await child.ended).toMatchObject({ isClean: true });
    expect(child.lastLines.join()).toContain('said goodbye');
  });

  test('without a channel, like Electron, is stopped by a signal', async () => {
    const source = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000); console.log('ready now');`;
    const child = await begin(source, false);
    await child.nextLine(/^(ready)/);
    await child.end();
    expect(await child.ended).toMatchObject({ isClean: true });
  });

  test('that ends on its own reports its exit code and last output', async () => {
    const child = await begin(`console.error('no room on the disk'); process.exitCode = 3;`);
    expect(await child.ended).toEqual({ name: 'program', how: 'exit code 3', isClean: false });
    await expect.poll(() => child.lastLines).toEqual(['no room on the disk']);
  });

  test('that cannot be started reports it', async () => {
    const folder = await temporaryFolder('process');
    const plan = {
      name: 'nothing',
      command: join(folder, 'missing'),
      args: [],
      environment: {},
      logPath: join(folder, 'log'),
    };
    expect(await new ManagedProcess(plan).ended).toMatchObject({ isClean: false });
  });
});
