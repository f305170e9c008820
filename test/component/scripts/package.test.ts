import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PackedApp, PackedFile } from '../../../scripts/package/asar-archive.ts';
import { namedByPage } from '../../../scripts/package/named-by-page.ts';
import { listProblems, MAX_PACKAGE_BYTES } from '../../../scripts/package/packed-list.ts';
import { startProblems } from '../../../scripts/package/start-packed.ts';
import { unresolvedNames } from '../../../scripts/package/unresolved.ts';

const TARGET = { platform: 'linux', arch: 'x64' } as const;
const JOURNAL = JSON.stringify({ entries: [{ tag: '0000_library' }] });

/** A package without a fault, small enough to read. */
const SOUND: Readonly<Record<string, string>> = {
  'package.json': '{"type":"module"}',
  LICENSE: 'MIT',
  'build-resources/icons/256x256.png': 'png',
  'THIRD-PARTY.md': '# Notices',
  'licenses/MPL-2.0.txt': 'MPL',
  'out/main/licenses.md': 'MIT',
  'out/workers/licenses.md': 'MIT',
  'out/preload/licenses.md': 'MIT',
  'out/renderer/licenses.md': 'MIT',
  'out/preview/licenses.md': 'MIT',
  'out/main/index.js': `
    import { join } from 'node:path';
    import Database from 'better-sqlite3';
    import remote from '@electron/remote/main/index.js';
    import { app } from 'electron';
    import { start } from './chunks/shell-abcdefgh.js';
    start(join('x', 'index.cjs'), 'file-worker.mjs', \`pool-thread.mjs\`);`,
  'out/main/chunks/shell-abcdefgh.js': `export const start = () => import('node:fs');`,
  'out/workers/file-worker.mjs': `import { createHash } from 'node:crypto'; export const inspect = createHash;`,
  'out/workers/pool-thread.mjs': `import { createRequire } from 'node:module';`,
  'out/preload/index.cjs': `const electron = require('electron');`,
  'out/renderer/index.html': `<script src="./assets/index-abcdefgh.js"></script><link href="./assets/index-12345678.css">`,
  'out/renderer/assets/index-abcdefgh.js': `frame.src='preview.html';const icon=new URL("icon-abcdefgh.svg",import.meta.url);`,
  'out/renderer/assets/index-12345678.css': 'body{}',
  'out/renderer/assets/icon-abcdefgh.svg': '<svg/>',
  'out/preview/preview.html': `<script src="./assets/preview-abcdefgh.js"></script>`,
  'out/preview/build-files.json': '{}',
  'out/preview/assets/preview-abcdefgh.js': 'export{};',
  'main/db/migrations/0000_library.sql': 'create table x (y);',
  'main/db/migrations/meta/_journal.json': JOURNAL,
  'node_modules/@electron/remote/package.json': '{}',
  'node_modules/@electron/remote/LICENSE': 'MIT',
  'node_modules/@electron/remote/main/index.js': `module.exports = require('../dist/src/main');`,
  'node_modules/@electron/remote/dist/src/main/index.js': `require('./server');`,
  'node_modules/@electron/remote/dist/src/main/server.js': `require('electron');`,
  'node_modules/better-sqlite3/package.json': '{"main":"lib/index.js"}',
  'node_modules/better-sqlite3/LICENSE': 'MIT',
  'node_modules/better-sqlite3/lib/index.js': `require('./binding'); require('./methods/table');`,
  'node_modules/better-sqlite3/lib/binding.js': '',
  'node_modules/better-sqlite3/lib/methods/table.js': '',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node': 'native',
};

/** What asarUnpack puts beside the archive. */
const UNPACKED = /^out\/workers\/|\.node$/;

interface Change {
  /** Files to add, or null to leave one out. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly facts?: Readonly<Record<string, PackedFile>>;
}

function packedApp({ files = {}, facts = {} }: Change = {}): PackedApp {
  const contents = new Map<string, string>();
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) if (text !== null) contents.set(path, text);
  const factsOf = (path: string, text: string) => ({ sizeBytes: text.length, isUnpacked: UNPACKED.test(path) });
  return {
    files: new Map([...contents].map(([path, text]) => [path, facts[path] ?? factsOf(path, text)])),
    headerSha256: '',
    read: async (path) => Buffer.from(contents.get(path) ?? ''),
  };
}

describe('names in packed code', () => {
  test('all lead to something in a package without a fault', async () => {
    expect(await unresolvedNames(packedApp())).toEqual([]);
  });

  test.each([
    ['a package that is not packed', 'out/main/index.js', `import 'chokidar';`, 'chokidar cannot be resolved'],
    ['a package that is loaded later', 'out/main/index.js', `import('piscina');`, 'piscina cannot be resolved'],
    [
      'a file of a package',
      'out/main/index.js',
      `import 'better-sqlite3/lib/no.js';`,
      'better-sqlite3/lib/no.js cannot be resolved',
    ],
    [
      'a chunk',
      'out/main/index.js',
      `import './chunks/other-abcdefgh.js';`,
      './chunks/other-abcdefgh.js cannot be resolved',
    ],
    [
      'a chunk without its ending',
      'out/main/index.js',
      `import './chunks/shell-abcdefgh';`,
      './chunks/shell-abcdefgh cannot be resolved',
    ],
    [
      'a required package',
      'out/workers/pool-thread.mjs',
      `__require('@napi-rs/nice');`,
      '@napi-rs/nice cannot be resolved',
    ],
    ['a worker', 'out/main/index.js', `run('hash-worker.mjs');`, 'hash-worker.mjs is missing'],
    ['a package of the screen', 'out/renderer/assets/index-abcdefgh.js', `import"react";`, 'imports the package react'],
    [
      'a built file',
      'out/preview/assets/preview-abcdefgh.js',
      'import("./draco-abcdefgh.js")',
      '/assets/draco-abcdefgh.js is missing',
    ],
    ['a page', 'out/renderer/assets/index-abcdefgh.js', 'frame.src="other.html"', '/other.html is missing'],
    ['a source map', 'out/main/index.js', 'start();\n//# sourceMappingURL=index.js.map\n', 'names a source map'],
  ])('are reported if they lead to nothing: %s', async (_what, path, code, problem) => {
    expect(await unresolvedNames(packedApp({ files: { [path]: code } }))).toContain(`${path}: ${problem}`);
  });

  test('are reported if the program, script or migration that they name is left out', async () => {
    const without = (path: string) => unresolvedNames(packedApp({ files: { [path]: null } }));
    expect(await without('out/workers/file-worker.mjs')).toEqual(['out/main/index.js: file-worker.mjs is missing']);
    expect(await without('out/preload/index.cjs')).toEqual(['out/main/index.js: index.cjs is missing']);
    expect(await without('out/preview/preview.html')).toEqual([
      'out/renderer/assets/index-abcdefgh.js: /preview.html is missing',
    ]);
    expect(await without('out/renderer/assets/index-12345678.css')).toEqual([
      'out/renderer/index.html: /assets/index-12345678.css is missing',
    ]);
    expect(await without('main/db/migrations/0000_library.sql')).toEqual([
      'main/db/migrations/meta/_journal.json: the migration 0000_library is missing',
    ]);
    expect(await without('node_modules/better-sqlite3/lib/binding.js')).toEqual([
      'node_modules/better-sqlite3/lib/index.js: ./binding cannot be resolved',
    ]);
  });

  test('of scripts are relative to the script, those loaded beforehand to the page', () => {
    const script = 'a(()=>import("./one-abcdefgh.js"),["assets/two-abcdefgh.css"])';
    expect(namedByPage('/assets/index-abcdefgh.js', script)).toEqual([
      '/assets/one-abcdefgh.js',
      '/assets/two-abcdefgh.css',
    ]);
  });
});

describe('the list of packed files', () => {
  test('is accepted for a package without a fault', () => {
    expect(listProblems(packedApp(), TARGET)).toEqual([]);
  });

  test.each([
    'out/main/index.js.map',
    'out/main/browser-shell.js',
    'out/server/start.js',
    'main/index.ts',
    'test/quick/main/x.test.ts',
    'main/db/migrations/meta/0000_snapshot.json',
    'node_modules/better-sqlite3/deps/sqlite3.c',
    'node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
    'node_modules/sharp/lib/index.js',
  ])('may not contain %s', (path) => {
    const problems = listProblems(packedApp({ files: { [path]: 'x' } }), TARGET);
    expect(problems).toEqual([`${path} does not belong into the package`]);
  });

  test('must have the native code of its target, and all workers', () => {
    const arm = listProblems(packedApp(), { platform: 'linux', arch: 'arm64' });
    expect(arm).toHaveLength(2);
    expect(arm[0]).toContain('linux-x64.node does not belong');
    expect(listProblems(packedApp({ files: { 'out/workers/pool-thread.mjs': null } }), TARGET)).toHaveLength(1);
  });

  test('must have workers and native code beside the archive, and nothing else', () => {
    const worker = 'out/workers/file-worker.mjs';
    const index = 'out/main/index.js';
    const packed = { [worker]: { sizeBytes: 1, isUnpacked: false }, [index]: { sizeBytes: 1, isUnpacked: true } };
    expect(listProblems(packedApp({ facts: packed }), TARGET)).toEqual([
      `${index} must be inside the archive`,
      `${worker} must be beside the archive`,
    ]);
  });

  test('may have 14 MB', () => {
    const ofSize = (sizeBytes: number) => packedApp({ facts: { LICENSE: { sizeBytes, isUnpacked: false } } });
    expect(listProblems(ofSize(MAX_PACKAGE_BYTES + 1), TARGET)).toHaveLength(1);
    expect(listProblems(ofSize(MAX_PACKAGE_BYTES / 2), TARGET)).toEqual([]);
  });
});

describe('the start of a package', () => {
  let workDir: string;

  beforeEach(async () => {
    workDir = await mkdtemp(join(tmpdir(), 'gabinet-started-'));
    await mkdir(join(workDir, 'resources', 'app.asar.unpacked'), { recursive: true });
  });
  afterEach(() => rm(workDir, { recursive: true, force: true }));

  function start(mainCode: string): Promise<readonly string[]> {
    const resourcesDir = join(workDir, 'resources');
    const pack = { ...TARGET, dir: workDir, resourcesDir, program: join(workDir, 'gabinet') };
    return startProblems(pack, packedApp({ files: { 'out/main/index.js': mainCode } }), workDir);
  }

  test('fails if main imports a package that only the project has', async () => {
    const [problem] = await start(`import 'chokidar';`);
    expect(problem).toMatch(/^It does not start: .*Cannot find package 'chokidar'/s);
  });

  test('fails if main ends without a window', async () => {
    expect(await start('process.exit(0);')).toContain('No window was opened');
  });

  test('fails if the window has no preload, its page is not answered, or nothing works behind it', async () => {
    const main = `
      import { app, BrowserWindow } from 'electron';
      const window = new BrowserWindow({ webPreferences: { preload: '/nowhere/index.cjs' } });
      window.on('closed', () => app.quit());
      window.loadURL('app://gabinet/');`;
    expect(await start(main)).toEqual([
      'The preload of the window is not in the package',
      'The preview frame was not asked for',
      'The library of the signed-in account was not opened',
      'The file of a double click was not opened',
      'No worker thread inspected the dropped file',
      'app://gabinet/ is not answered',
    ]);
  });
});
