import { existsSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ElectronSource, fetchElectron } from '../../../scripts/fetch-electron.ts';
import { temporaryFolder } from '../../support/shells/fake-application.ts';

let stateDir: string;
let program: string;
let source: ElectronSource;

/** A stand-in for Electron's installer. */
async function installer(text: string): Promise<void> {
  await writeFile(source.installer, text);
}

beforeEach(async () => {
  stateDir = await temporaryFolder('state');
  const electronDir = await temporaryFolder('electron');
  program = join(electronDir, 'electron');
  source = {
    findProgram: () => (existsSync(program) ? program : null),
    installer: join(electronDir, 'install.mjs'),
    unpackDir: join(electronDir, 'dist'),
    // A busy machine takes long to start an installer.
    stallLimitMs: 60_000,
  };
});

const fetchNow = (evenIfFailed = false, stallLimitMs = source.stallLimitMs) =>
  fetchElectron({ stateDir, evenIfFailed }, { ...source, stallLimitMs });

describe('fetching Electron’s program', () => {
  test('is skipped if it is installed already', async () => {
    await writeFile(program, '');
    expect(await fetchNow()).toEqual({ program });
  });

  test('runs its installer with a temporary folder that is deleted afterwards', async () => {
    await installer(`import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
      fs.writeFileSync(path.join(os.tmpdir(), 'download'), 'x'); fs.writeFileSync(${JSON.stringify(program)}, '');`);
    expect(await fetchNow()).toEqual({ program });
    expect(await readdir(stateDir)).toEqual([]);
  });

  test('reports why it failed and does not retry within six hours', async () => {
    await installer(`console.error('TypeError: fetch failed'); process.exit(1);`);
    expect(await fetchNow()).toEqual({ program: null, reason: 'TypeError: fetch failed' });
    await installer(`import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(program)}, '');`);
    expect(await fetchNow()).toEqual({
      program: null,
      reason: 'TypeError: fetch failed; tried less than six hours ago',
    });
    const longAgo = new Date(Date.now() - 7 * 3_600_000);
    await utimes(join(stateDir, 'electron-not-fetched'), longAgo, longAgo);
    expect(await fetchNow()).toEqual({ program });
  });

  test('retries when a person asks for it', async () => {
    await writeFile(join(stateDir, 'electron-not-fetched'), 'closed network');
    await installer(`import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(program)}, '');`);
    expect(await fetchNow(true)).toEqual({ program });
  });

  test('gives up if nothing arrives', async () => {
    await installer(`setInterval(() => undefined, 1000);`);
    expect(await fetchNow(false, 500)).toEqual({ program: null, reason: 'nothing came for 0.5 s' });
  });

  test('reports an installer that ends without installing the program', async () => {
    await installer('');
    expect(await fetchNow()).toEqual({ program: null, reason: 'its installer left no program' });
  });
});
