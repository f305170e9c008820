import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { bytesSource } from '../../../shared/gab/byte-source.ts';
import { openBundle } from '../../../shared/gab/open-bundle.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { testCodec } from '../../support/inspect-bytes.ts';
import { C2PA_PATH } from './draft.ts';

// Common ZIP tools must read an accepted bundle the same way as our reader. One invocation of a
// tool lists a whole folder of archives.

const run = promisify(execFile);
const MAX_LISTING_BYTES = 256 * MIB;

/** One entry as a line, `name size crc32`: all readers must agree on it. */
type Listing = readonly string[];
/** Listings by file name. */
type Listings = ReadonlyMap<string, Listing>;

interface Tool {
  readonly name: string;
  /** Arguments of a call that succeeds if the tool is installed. */
  readonly probe: readonly string[];
  readonly list: (folder: string) => Promise<Listings>;
}

export interface ToolComparison {
  readonly tool: string;
  /**
   * False if the tool is not installed. Nothing was compared then, so this does not count as
   * success.
   */
  readonly isHere: boolean;
  readonly compared: number;
  readonly disagreements: readonly string[];
}

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, { maxBuffer: MAX_LISTING_BYTES });
  return stdout;
}

function lineOf(name: string, size: number | string, crc: string): string {
  // The store is embedded after the archive was hashed, so its CRC field is 0 and not checked.
  return `${name} ${size} ${name === C2PA_PATH ? 'any' : crc.toLowerCase().padStart(8, '0')}`;
}

/** Splits a listing of many archives at the lines that contain the next file name. */
function sections(text: string, title: RegExp): [fileName: string, body: string][] {
  const [, ...parts] = text.split(title);
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[basename(part), parts[index + 1] ?? '']] : []));
}

function parseUnzip(text: string): Listings {
  const row = /^ *(\d+) +\S+ +\d+ +-?\d+% +\S+ \S+ ([0-9a-f]{8}) {2}(.*)$/gm;
  return new Map(
    sections(text, /^Archive: {2}(.+)$/m).map(([file, body]) => [
      file,
      [...body.matchAll(row)].map(([, size = '', crc = '', name = '']) => lineOf(name, size, crc)),
    ]),
  );
}

function parse7z(text: string): Listings {
  const field = (block: string, name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(block)?.[1] ?? '';
  return new Map(
    sections(text, /^Listing archive: (.+)$/m).map(([file, body]) => [
      file,
      (body.split('----------\n')[1] ?? '')
        .split('\n\n')
        .filter((block) => block.startsWith('Path = '))
        .map((block) => lineOf(field(block, 'Path'), field(block, 'Size'), field(block, 'CRC'))),
    ]),
  );
}

/** Python also unpacks: its listing shows the size and checksum of the unpacked content. */
const PYTHON = `
import json, os, sys, zipfile, zlib
for name in sorted(os.listdir(sys.argv[1])):
    try:
        with zipfile.ZipFile(os.path.join(sys.argv[1], name)) as archive:
            rows = []
            for info in archive.infolist():
                if info.CRC == 0:
                    rows.append([info.orig_filename, info.file_size, 0, info.file_size, 0])
                    continue
                data = archive.read(info)
                rows.append([info.orig_filename, info.file_size, info.CRC, len(data), zlib.crc32(data)])
        print(json.dumps([name, rows]))
    except Exception as error:
        print(json.dumps([name, [[repr(error), 0, 0, 0, 0]]]))
`;

function parsePython(text: string): Listings {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [file, rows] = JSON.parse(line) as [string, [string, number, number, number, number][]];
      const listing = rows.map(([name, size, crc, realSize, realCrc]) => {
        const isHonest = size === realSize && crc === realCrc;
        return isHonest ? lineOf(name, size, crc.toString(16)) : `${name} is not what its header says`;
      });
      return [file, listing];
    }),
  );
}

export const tools: readonly Tool[] = [
  {
    name: 'unzip',
    probe: ['-v'],
    list: async (folder) => parseUnzip(await outputOf('unzip', ['-lv', join(folder, '*.gab')])),
  },
  {
    name: '7z',
    probe: ['i'],
    list: async (folder) => parse7z(await outputOf('7z', ['l', '-slt', '-an', `-ai!${join(folder, '*.gab')}`])),
  },
  {
    name: 'python3',
    probe: ['-c', 'import zipfile'],
    list: async (folder) => parsePython(await outputOf('python3', ['-c', PYTHON, folder])),
  },
];

export async function isToolHere({ name, probe }: Pick<Tool, 'name' | 'probe'>): Promise<boolean> {
  try {
    await outputOf(name, probe);
    return true;
  } catch {
    return false;
  }
}

export interface NamedBundle {
  /** A file name ending in `.gab`, without a folder. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What our reader sees, based on the bytes that it would return. */
async function listOurs(bytes: Uint8Array): Promise<Listing> {
  const opened = await openBundle(bytesSource(bytes), { fileName: 'a.gab', policy: 'strict', codec: testCodec });
  if (!opened.ok) return ['not accepted'];
  const { bundle } = opened;
  return Promise.all(
    bundle.entries.map(async ({ path, sizeBytes }) => {
      const content = await bundle.readEntry(path);
      return lineOf(path, sizeBytes, (testCodec.crc32?.(content, 0) ?? 0).toString(16));
    }),
  );
}

/**
 * Lists bundles that our reader accepts with every tool and reports differences. Accepts any number
 * of files.
 */
export async function compareWithTools(bundles: readonly NamedBundle[]): Promise<ToolComparison[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gabinet-tools-'));
  try {
    const ours = new Map<string, Listing>();
    for (const { fileName, bytes } of bundles) {
      await writeFile(join(folder, fileName), bytes);
      ours.set(fileName, await listOurs(bytes));
    }
    return await Promise.all(tools.map((tool) => compareWithTool(tool, folder, ours)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareWithTool(tool: Tool, folder: string, ours: Listings): Promise<ToolComparison> {
  if (!(await isToolHere(tool))) return { tool: tool.name, isHere: false, compared: 0, disagreements: [] };
  const theirs = await tool.list(folder);
  const disagreements = [...ours].flatMap(([file, listing]) => {
    const [left, right] = [listing.join('\n'), (theirs.get(file) ?? ['not listed']).join('\n')];
    return left === right ? [] : [`${file}: we see\n${left}\n${tool.name} sees\n${right}`];
  });
  return { tool: tool.name, isHere: true, compared: ours.size, disagreements };
}

/** Combines the comparisons of several batches. */
export function addComparisons(
  left: readonly ToolComparison[],
  right: readonly ToolComparison[],
): readonly ToolComparison[] {
  if (left.length === 0) return right;
  return left.map((one, index) => ({
    ...one,
    compared: one.compared + (right[index]?.compared ?? 0),
    disagreements: [...one.disagreements, ...(right[index]?.disagreements ?? [])],
  }));
}
