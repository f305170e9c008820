import { spawnSync } from 'node:child_process';
import { mkdir, open, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ExportFile } from '../../../node/exports/export-file.ts';
import { writeExportFolder } from '../../../node/exports/write-folder.ts';
import { writeExportZip } from '../../../node/exports/write-zip.ts';
import { memoryFile } from '../../support/exports/export-files.ts';
import { textOf, wholeExport, withContent } from '../../support/exports/whole-export.ts';
import { runCli } from '../../support/run-cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildZip, type ZipEntry } from '../../support/zip-builder.ts';

const V1 = 'Aurora/Reception/Mara/v1/mara.gab';
const V2 = 'Aurora/Reception/Mara/v2/مارا _final_.gab';
const evil = '../evil.txt';

interface Printed {
  readonly isIntact: boolean;
  readonly goodFiles: number;
  readonly findings: readonly { readonly code: string; readonly path?: string }[];
}

async function verify(path: string) {
  const { exitCode, out } = await runCli(['verify', path, '--json']);
  return { exitCode, ...(JSON.parse(out) as Printed) };
}

async function folderOf(files: readonly ExportFile[]): Promise<string> {
  const target = join(await tempFolder(), 'export');
  await writeExportFolder({ files, target, isChecked: false });
  return target;
}

async function zipOf(files: readonly ExportFile[]): Promise<string> {
  const target = join(await tempFolder(), 'export.zip');
  await writeExportZip({ files, target, isChecked: false });
  return target;
}

const without = (files: readonly ExportFile[], path: string) => files.filter((file) => file.path !== path);
const sums = (change: (text: string) => string) => (files: readonly ExportFile[]) =>
  withContent(files, 'SHA256SUMS', change(textOf(files, 'SHA256SUMS')));

/** Faults that a folder and a ZIP can both have. */
const faults: readonly (readonly [string, (files: readonly ExportFile[]) => ExportFile[], object[]])[] = [
  ['a missing file', (files) => without(files, V1), [{ code: 'missing', path: V1 }]],
  ['a changed file', (files) => withContent(files, V1, 'other'), [{ code: 'different', path: V1 }]],
  [
    'an extra file',
    (files) => [...files, memoryFile('Aurora/more.txt', 'x')],
    [{ code: 'extra', path: 'Aurora/more.txt' }],
  ],
  [
    'a checksum of a file outside',
    sums((text) => `${text}${'a'.repeat(64)}  ${evil}\n`),
    [{ code: 'unsafe_path', path: evil }],
  ],
  ['a broken line of SHA256SUMS', sums((text) => `${text}oops\n`), [{ code: 'bad_line', line: 8 }]],
  [
    'a line of SHA256SUMS twice',
    sums((text) => `${text + (text.split('\n')[0] ?? '')}\n`),
    [{ code: 'repeated', path: 'README.txt' }],
  ],
  [
    'a version that SHA256SUMS does not list',
    (files) => sums((text) => text.replace(/^.*v1\/mara\.gab\n/m, ''))(without(files, V1)),
    [{ code: 'unlisted', path: V1 }],
  ],
  ['no SHA256SUMS', (files) => without(files, 'SHA256SUMS'), [{ code: 'no_sums' }]],
  [
    'a manifest that is not JSON',
    (files) => withContent(files, 'manifest.json', '{'),
    [
      { code: 'bad_manifest', reason: 'not_json' },
      { code: 'different', path: 'manifest.json' },
    ],
  ],
  [
    'a manifest of a newer version',
    (files) => withContent(files, 'manifest.json', '{"format":"gabinet-export","schemaVersion":2}'),
    [
      { code: 'bad_manifest', reason: 'newer' },
      { code: 'different', path: 'manifest.json' },
    ],
  ],
];

describe('gabinet verify', () => {
  it('accepts an export as a folder and as a ZIP', async () => {
    const files = wholeExport();
    for (const path of [await folderOf(files), await zipOf(files)]) {
      expect(await verify(path)).toMatchObject({
        exitCode: 0,
        isIntact: true,
        findings: [],
        goodFiles: files.length - 1,
      });
      const { out } = await runCli(['verify', path]);
      expect(out).toMatch(/: intact \(7 files, \d+(?:\.\d)? kB\)\n$/);
    }
  });

  it('accepts a ZIP that another program packed, with compression and entries of folders', async () => {
    const folder = await folderOf(wholeExport());
    if (spawnSync('zip', ['-qr', '../packed.zip', '.'], { cwd: folder }).status !== 0) {
      process.stderr.write('verify: zip is not on this machine, a ZIP that it packed was not checked\n');
      return;
    }
    expect(await verify(`${folder}/../packed.zip`)).toMatchObject({ exitCode: 0, findings: [] });
  });

  it.each(faults)('finds %s, in a folder and in a ZIP', async (_, plant, findings) => {
    const files = plant(wholeExport());
    for (const path of [await folderOf(files), await zipOf(files)])
      expect(await verify(path)).toMatchObject({ exitCode: 1, isIntact: false, findings });
  });

  it('finds a checksum that the manifest contradicts', async () => {
    const files = wholeExport();
    const changed = sums((text) => text.replace(/^[0-9a-f]{64}(?= {2}.*v1\/)/m, 'b'.repeat(64)))(files);
    expect((await verify(await folderOf(changed))).findings).toEqual([
      { code: 'contradiction', path: V1 },
      { code: 'different', path: V1 },
    ]);
  });

  it.runIf(process.platform !== 'win32')('does not follow links in a folder', async () => {
    const folder = await folderOf(wholeExport());
    const outside = await tempFolder();
    await writeFile(join(outside, 'mara.gab'), await readFile(join(folder, V1)));
    await rm(join(folder, V1));
    await symlink(join(outside, 'mara.gab'), join(folder, V1));
    await symlink(outside, join(folder, 'linked'));
    expect((await verify(folder)).findings.map(({ code, path }) => `${code} ${path}`).toSorted()).toEqual([
      `missing ${V1}`,
      `not_a_file ${V1}`,
      'not_a_file linked',
    ]);
  });

  it('reports everything that is wrong, in words, without control characters', async () => {
    const files = [...withContent(without(wholeExport(), V2), V1, 'other'), memoryFile('a\u001b[2J', 'x')];
    const run = await runCli(['verify', await zipOf(files)]);
    expect(run.exitCode).toBe(1);
    expect(run.out).toContain(`${V1}: its content has changed\n`);
    expect(run.out).toContain(`${V2}: missing\n`);
    expect(run.out).toContain('a\\x1b[2J: this path leads out of the export; do not unpack it\n');
  });

  it('does not accept a folder that is not an export', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'empty'));
    expect((await verify(folder)).findings).toEqual([{ code: 'no_sums' }, { code: 'no_manifest' }]);
  });

  it('ends with 2 if there is nothing at the path', async () => {
    const run = await runCli(['verify', join(await tempFolder(), 'nothing')]);
    expect(run).toMatchObject({ exitCode: 2, out: '', error: expect.stringContaining('file not found') as string });
  });
});

describe('gabinet verify, of a damaged ZIP', () => {
  async function flip(path: string, position: number): Promise<void> {
    const handle = await open(path, 'r+');
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
    await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, position);
    await handle.close();
  }

  /** Where the name is in the local header, 30 bytes after its signature. */
  function nameInHeader(zip: Buffer, name: string): number {
    for (let at = zip.indexOf(name); at !== -1; at = zip.indexOf(name, at + 1))
      if (zip.readUInt32LE(at - 30) === 0x04034b50) return at;
    throw new Error(`no header of ${name}`);
  }

  it('finds one changed bit of a file, and of its header', async () => {
    const files = wholeExport();
    const [data, header] = [await zipOf(files), await zipOf(files)];
    const at = nameInHeader(await readFile(data), V1);
    await flip(data, at + V1.length + 100);
    expect(await verify(data)).toMatchObject({ exitCode: 1, findings: [{ code: 'damaged', path: V1 }] });
    await flip(header, at);
    expect(await verify(header)).toMatchObject({ exitCode: 1, findings: [{ code: 'damaged', path: V1 }] });
  });

  it('that was cut reports that it is not whole', async () => {
    const path = await zipOf(wholeExport());
    const { length } = await readFile(path);
    for (const kept of [length - 1, length - 100, 1000, 0]) {
      await truncate(path, kept);
      expect(await verify(path)).toMatchObject({ exitCode: 1, findings: [{ code: 'damaged_zip' }] });
    }
  });

  const entriesOf = (files: readonly ExportFile[]): ZipEntry[] =>
    files.map(({ path, content }) => ({ name: path, content: 'bytes' in content ? content.bytes : new Uint8Array() }));

  it.each<readonly [string, ZipEntry, object]>([
    ['leaves the folder', { name: evil, content: Buffer.from('x') }, { code: 'unsafe_path', path: evil }],
    ['is a folder outside', { name: '/etc/', content: Buffer.from('') }, { code: 'unsafe_path', path: '/etc/' }],
    ['has backslashes', { name: 'a\\b', content: Buffer.from('x') }, { code: 'unsafe_path', path: 'a\\b' }],
    ['is there twice', { name: V1, content: Buffer.from('x') }, { code: 'repeated', path: V1 }],
    [
      'is a link',
      { name: 'link', content: Buffer.from('/etc/passwd'), madeBy: 3 << 8, externalAttributes: 0xa1ff_0000 },
      { code: 'not_a_file', path: 'link' },
    ],
  ])('finds an entry that %s', async (_, entry, finding) => {
    const path = join(await tempFolder(), 'export.zip');
    await writeFile(path, buildZip([...entriesOf(wholeExport()), entry]));
    expect(await verify(path)).toMatchObject({ exitCode: 1, findings: [finding] });
  });

  it('finds a compressed entry that is damaged, or larger than it declares', async () => {
    const files = wholeExport();
    const content = Buffer.from(textOf(files, 'README.txt'));
    const damaged: Partial<ZipEntry>[] = [
      { raw: Buffer.from('not deflated') },
      { both: { size: 10, crc32: crc32(content.subarray(0, 10)) } },
      { both: { method: 12 } },
      { both: { flags: 1 } },
    ];
    for (const fields of damaged) {
      const path = join(await tempFolder(), 'export.zip');
      const rest = entriesOf(without(files, 'README.txt'));
      await writeFile(path, buildZip([{ name: 'README.txt', content, deflate: true, ...fields }, ...rest]));
      expect((await verify(path)).findings).toEqual([{ code: 'damaged', path: 'README.txt' }]);
    }
  });
});
