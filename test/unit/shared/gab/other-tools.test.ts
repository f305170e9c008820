import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { inspectBytes } from '../../../support/inspect-bytes.ts';
import { noise } from '../../../support/sample-assets.ts';

// What the reader accepts has to mean the same to everybody else: names and sizes against tools that are not ours.

type Listing = Map<string, number>;

const folder = mkdtempSync(join(tmpdir(), 'gabinet-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PYTHON_LISTING =
  'import sys,zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.file_size, i.filename)';

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function isHere(command: string, args: readonly string[]): boolean {
  try {
    run(command, args);
    return true;
  } catch {
    return false;
  }
}

function listingOf(text: string, line: RegExp): Listing {
  return new Map([...text.matchAll(line)].map(([, size, name]) => [name ?? '', Number(size)]));
}

const tools = [
  {
    name: 'python3',
    probe: ['-c', 'import zipfile'],
    list: (file: string) => listingOf(run('python3', ['-c', PYTHON_LISTING, file]), /^(\d+) (.+)$/gm),
  },
  {
    name: 'unzip',
    probe: ['-v'],
    list: (file: string) => {
      run('unzip', ['-tqq', file]);
      return listingOf(run('unzip', ['-l', file]), /^ +(\d+) +[\d-]+ [\d:]+ +(.+)$/gm);
    },
  },
  {
    name: '7z',
    probe: ['i'],
    list: (file: string) => {
      run('7z', ['t', file]);
      return new Map(
        run('7z', ['l', '-slt', file])
          .split('\n\n')
          .flatMap((block) => {
            const path = /^Path = (.+)$/m.exec(block)?.[1];
            const size = /^Size = (\d+)$/m.exec(block)?.[1];
            return path !== undefined && size !== undefined ? [[path, Number(size)] as const] : [];
          }),
      );
    },
  },
];

const fixtures = new URL('../../../fixtures/gab/', import.meta.url);
const bundles: [string, Buffer][] = [
  ...readdirSync(fixtures).map((name): [string, Buffer] => [name, readFileSync(new URL(name, fixtures))]),
  [
    'built.gab',
    buildBundle({
      sizeBytes: 900_000,
      assets: [
        {
          id: 'd',
          kind: 'document',
          format: 'txt',
          path: 'docs/a_b.txt',
          content: Buffer.from(noise(9000).toString('hex')),
          deflate: true,
        },
      ],
    }),
  ],
];

describe.each(tools)('$name', ({ name, probe, list }) => {
  it.each(bundles)('sees in %s what the reader sees', async (fileName, bytes) => {
    const report = await inspectBytes(bytes, { fileName });
    expect(report.verdict).toMatch(/^valid/);
    if (!isHere(name, probe)) {
      process.stderr.write(`other-tools: ${name} is not on this machine, its view of ${fileName} was not compared\n`);
      return;
    }
    const path = join(folder, fileName);
    writeFileSync(path, bytes);
    const { mimetype, 'manifest.json': manifest, ...assets } = Object.fromEntries(list(path));
    expect(mimetype).toBe(44);
    expect(manifest).toBeGreaterThan(0);
    expect(assets).toEqual(
      Object.fromEntries((report.manifest?.assets ?? []).map((asset) => [asset.path, asset.size])),
    );
  });
});
