import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../cli/run-command.ts';
import { buildBundle } from '../../support/bundle-builder.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;
const minimal = join(fixtures, 'gab/minimal.gab');
const warned = join(fixtures, 'gab/robot-expressive.gab');
const damaged = join(fixtures, 'hostile/crc-wrong.gab');
const foreign = join(fixtures, 'hostile/foreign-zip.gab');

async function run(...args: string[]) {
  let out = '';
  let error = '';
  const exitCode = await runCommand(args, {
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
  });
  return { exitCode, out, error };
}

describe('gabinet validate', () => {
  it('exits 0 for valid bundles, even with warnings', async () => {
    expect(await run('validate', minimal)).toEqual({
      exitCode: 0,
      out: `${minimal}: valid (“Minimal” 1.0.0)\n`,
      error: '',
    });
    const { exitCode, out } = await run('validate', minimal, warned);
    expect(exitCode).toBe(0);
    expect(out).toContain('valid, with warnings (“Robot Expressive” 1.0.0)');
  });

  it('exits 1 if one file is invalid, and explains the findings', async () => {
    const { exitCode, out } = await run('validate', damaged, minimal);
    expect(exitCode).toBe(1);
    expect(out).toContain(`${damaged}: INVALID`);
    expect(out).toContain('Error GAB_E_CRC in portrait/face.png');
    expect(out).toMatch(/The checksum of .+ is wrong\.\n +Why it matters: .+\n +What to do: /);
    expect(out).toContain(`${minimal}: valid`);
  });

  it('uses the strict policy by default', async () => {
    expect((await run('validate', foreign)).exitCode).toBe(1);
    const { exitCode, out } = await run('validate', '--policy', 'lenient', foreign);
    expect(exitCode).toBe(0);
    expect(out).toContain("not a bundle: can be stored, but has no preview, can't be made live");
  });

  it('prints JSON with exactly the documented fields', async () => {
    const { exitCode, out } = await run('validate', damaged, warned, '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual([
      {
        file: damaged,
        container: 'gab',
        verdict: 'invalid',
        activatable: false,
        issues: [{ code: 'GAB_E_CRC', severity: 'error', path: 'portrait/face.png' }],
      },
      {
        file: warned,
        container: 'gab',
        verdict: 'valid-with-warnings',
        activatable: true,
        issues: [{ code: 'GAB_W_VISEMES_INCOMPLETE', severity: 'warning', path: 'model/robot.glb' }],
      },
    ]);
  });

  it('exits 2 for a file that cannot be opened, but still checks the others', async () => {
    const { exitCode, out, error } = await run('validate', '--json', join(fixtures, 'gone.gab'), fixtures, minimal);
    expect(exitCode).toBe(2);
    expect(error).toContain('gone.gab: file not found');
    expect(error).toContain(`${fixtures}: this is a folder`);
    expect(JSON.parse(out)).toMatchObject([{ file: minimal, verdict: 'valid' }]);
  });

  it.each([
    [[]],
    [['validate']],
    [['validate', '--policy', 'loose', minimal]],
    [['valdate', minimal]],
    [['validate', '--jsn', minimal]],
  ])('exits 2 and explains the usage of %j', async (args) => {
    const { exitCode, error } = await run(...args);
    expect(exitCode).toBe(2);
    expect(error).toMatch(/error:|Usage:/);
  });

  it('exits 0 for --help', async () => {
    const { exitCode, out } = await run('validate', '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('--policy <policy>');
  });
});

describe('hostile names', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gabinet-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('cannot control the terminal', async () => {
    const file = join(folder, 'a.gab');
    await writeFile(file, buildBundle({ name: '\u001b[2Jcleared\u202egnp' }));
    const { out } = await run('validate', file);
    expect(out).toContain('“\\x1b[2Jcleared\\u202egnp”');
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});
