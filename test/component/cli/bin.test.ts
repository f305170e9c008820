import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeGlb } from '../../support/sample-assets.ts';

const root = new URL('../../../', import.meta.url).pathname;
const bin = join(root, 'cli/bin.mjs');
const minimal = join(root, 'test/fixtures/gab/minimal.gab');
const damaged = join(root, 'test/fixtures/hostile/crc-wrong.gab');

/** A model without any details about itself. */
const folder = mkdtempSync(join(tmpdir(), 'gabinet-bin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const vrm = join(folder, 'a.vrm');
writeFileSync(vrm, makeGlb({ json: { extensions: { VRMC_vrm: {} } } }));

function start(node: string, ...args: string[]) {
  return spawnSync(node, [bin, ...args], { encoding: 'utf8' });
}

/** A Node that cannot run TypeScript, if this machine has one outside the project. */
function findOldNode(): string | undefined {
  return ['/usr/local/bin/node', '/usr/bin/node'].find((path) => {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    return /^v(?:18|20|21)\./.test(stdout ?? '');
  });
}

describe('the command as a process', () => {
  it('returns its exit code to the shell', () => {
    expect(start(process.execPath, 'validate', minimal)).toMatchObject({ status: 0, stderr: '' });
    expect(start(process.execPath, 'validate', damaged).status).toBe(1);
    expect(start(process.execPath, 'validate', '/nowhere.gab').status).toBe(2);
  });

  it.runIf(existsSync('/dev/full'))('says in one line that its output cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'validate', minimal], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([1, 'The output cannot be written (ENOSPC).\n']);
  });

  it('asks nothing without a terminal', () => {
    const { status, stderr } = start(process.execPath, 'import', minimal, '/nowhere/out.gab');
    expect([status, stderr]).toEqual([2, 'gabinet: the file is already a bundle; check it with “gabinet validate”\n']);
    const { status: code, stderr: said } = start(process.execPath, 'import', vrm, '/nowhere/out.gab');
    expect([code, said]).toEqual([2, expect.stringContaining('missing --name, --author, --license')]);
  });

  it('restarts with the Node that npm installed if it runs on an old one', () => {
    const oldNode = findOldNode();
    if (oldNode === undefined) {
      process.stderr.write('cli/bin: no Node older than 22 on this machine, the restart was not tried\n');
      return;
    }
    const { status, stdout, stderr } = start(oldNode, 'validate', minimal, damaged);
    expect(stderr).toBe('');
    expect(stdout).toContain(`${minimal}: valid`);
    expect(status).toBe(1);
  });
});
