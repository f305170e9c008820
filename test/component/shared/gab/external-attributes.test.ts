import { execFile } from 'node:child_process';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseDirectory } from '../../../../shared/gab/zip/directory.ts';
import { findEndRecord } from '../../../../shared/gab/zip/end-record.ts';
import { findSpecialKind } from '../../../../shared/gab/zip/external-attributes.ts';
import { isToolHere } from '../../../properties/fuzz/other-tools.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { buildZip, type ZipEntry } from '../../../support/zip-builder.ts';

// A file that our reader takes for an ordinary file must be unpacked as one by all other tools,
// whatever system the archive claims to be from.

const run = promisify(execFile);

/**
 * MS-DOS, Amiga, Unix, Atari, OS/2, classic Macintosh, NTFS, NTFS (Info-ZIP), VFAT, macOS, and one
 * that nobody knows.
 */
const SYSTEMS = [0, 1, 3, 5, 6, 7, 10, 11, 14, 19, 30];
const BITS = [0, ...Array.from({ length: 32 }, (_, bit) => 2 ** bit)];
/** Alone, and on top of what Unix tools write for an ordinary file. */
const BASES = [0, 0x81a40000];

const unpackers = [
  { name: 'unzip', probe: ['-v'], argsOf: (zip: string, to: string) => ['-qq', '-o', zip, '-d', to] },
  { name: '7z', probe: ['i'], argsOf: (zip: string, to: string) => ['x', '-y', `-o${to}`, zip] },
  { name: 'bsdtar', probe: ['--version'], argsOf: (zip: string, to: string) => ['-xf', zip, '-C', to] },
  {
    name: 'python3',
    probe: ['-c', 'import zipfile'],
    argsOf: (zip: string, to: string) => ['-m', 'zipfile', '-e', zip, to],
  },
];

function fileWith(system: number, externalAttributes: number): ZipEntry {
  const name = `s${system}-${externalAttributes.toString(16).padStart(8, '0')}.txt`;
  return { name, content: Buffer.from(name), madeBy: (system << 8) | 20, externalAttributes };
}

const all = SYSTEMS.flatMap((system) =>
  BITS.flatMap((bit) => BASES.map((base) => fileWith(system, (base | bit) >>> 0))),
);

/** The entry as our reader sees it. */
function kindOf(entry: ZipEntry): string | null {
  const zip = buildZip([entry]);
  const record = parseDirectory(zip.subarray(zip.indexOf('PK\x01\x02', 0, 'latin1'), -22), 1)?.[0];
  if (!record) throw new Error('the archive of the test cannot be read');
  return findSpecialKind(record);
}

/** Names of the entries that the tool did not unpack as files with their content. */
async function readOtherwise(tool: (typeof unpackers)[number], entries: readonly ZipEntry[]): Promise<string[]> {
  const folder = await tempFolder();
  const [zip, to] = [join(folder, 'a.zip'), join(folder, 'unpacked')];
  await mkdir(to);
  await writeFile(zip, buildZip(entries));
  // A tool that meets something odd may also return a failure; what is on the disk counts.
  await run(tool.name, tool.argsOf(zip, to)).catch(() => undefined);
  const isSame = await Promise.all(
    entries.map(async ({ name, content }) => {
      const stats = await lstat(join(to, name)).catch(() => null);
      return stats?.isFile() === true && (await readFile(join(to, name))).equals(content);
    }),
  );
  return entries.filter((_, at) => !isSame[at]).map(({ name }) => name);
}

describe.each(unpackers)('attributes that are allowed: $name', (tool) => {
  it('unpacks every such entry as an ordinary file, whatever its system', async () => {
    if (!(await isToolHere(tool))) {
      process.stderr.write(`external-attributes: ${tool.name} is not on this machine and was not compared\n`);
      return;
    }
    const accepted = all.filter((entry) => kindOf(entry) === null);
    expect(accepted.length).toBeGreaterThan(SYSTEMS.length * 20);
    expect(await readOtherwise(tool, accepted)).toEqual([]);
  });
});

it('a tool that reads an entry differently is detected: a volume label for unzip, a folder for 7-Zip', async () => {
  const refused = [fileWith(0, 0x08), fileWith(11, 0x10)];
  expect(refused.map(kindOf)).toEqual(['volume-label', 'folder']);
  for (const [at, name] of (['unzip', '7z'] as const).entries()) {
    const tool = unpackers.find((one) => one.name === name);
    const entry = refused[at];
    if (tool && entry && (await isToolHere(tool))) expect(await readOtherwise(tool, [entry])).toEqual([entry.name]);
  }
});

const packers = [
  { name: 'zip', probe: ['-v'], args: ['-q', 'a.zip', 'a.txt', 'b.txt'] },
  { name: '7z', probe: ['i'], args: ['a', '-tzip', 'a.zip', 'a.txt', 'b.txt'] },
  { name: 'bsdtar', probe: ['--version'], args: ['-a', '-cf', 'a.zip', 'a.txt', 'b.txt'] },
  { name: 'python3', probe: ['-c', 'import zipfile'], args: ['-m', 'zipfile', '-c', 'a.zip', 'a.txt', 'b.txt'] },
];

it.each(packers)('files packed by $name are ordinary files, one without write permission too', async (tool) => {
  if (!(await isToolHere(tool))) return;
  const cwd = await tempFolder();
  await writeFile(join(cwd, 'a.txt'), 'a');
  await writeFile(join(cwd, 'b.txt'), 'b', { mode: 0o444 });
  await run(tool.name, tool.args, { cwd });
  const bytes = await readFile(join(cwd, 'a.zip'));
  const { exact } = findEndRecord(bytes, bytes.byteLength);
  const records = exact && parseDirectory(bytes.subarray(exact.directoryOffset, exact.position), exact.entries);
  expect(records?.map((record) => [record.name, findSpecialKind(record)])).toEqual([
    ['a.txt', null],
    ['b.txt', null],
  ]);
});

it.each([
  ['our writer, Java, Android, .NET on Windows', 0, 0],
  ['the Explorer of Windows, WinRAR, 7-Zip on Windows', 0, 0x20],
  ['7-Zip on Windows, file not indexed and compressed', 0, 0x2820],
  ['7-Zip on Windows, no attribute at all', 0, 0x80],
  ['7-Zip on Windows, file kept in the cloud and here', 0, 0x00080020],
  ['p7zip', 0, 0x81a48020],
  ['7-Zip on Linux', 3, 0x81a48020],
  ['Info-ZIP', 3, 0x81a40000],
  ['Info-ZIP, file without write permission', 3, 0x81240001],
  ['Python, from memory', 3, 0x01800000],
  ['the archiver of macOS', 3, 0x81a44000],
  ['minizip on macOS', 19, 0x81a40000],
  ['archiver for Node', 3, 0x81a40020],
  ['libzip', 3, 0x81b60000],
])('what is written by %s is an ordinary file', (_, system, attributes) => {
  expect(kindOf(fileWith(system, attributes))).toBe(null);
});
