import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { isToolHere } from '../../properties/fuzz/other-tools.ts';

const run = promisify(execFile);

const PYTHON = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    bad = archive.testzip() if sys.argv[2] == 'test' else None
    infos = archive.infolist()
    flags = sorted({info.flag_bits for info in infos})
    print(json.dumps([bad, flags, len(infos), [info.filename for info in infos[:50]], [info.file_size for info in infos[:50]]]))
`;

export interface PythonListing {
  /** Name of the first entry whose content is damaged. */
  readonly bad: string | null;
  /**
   * The different flags of the entries: 2048 is "names are UTF-8", 8 would be a data descriptor.
   */
  readonly flags: readonly number[];
  readonly count: number;
  /** Of the first 50 entries, as are the sizes. */
  readonly names: readonly string[];
  readonly sizes: readonly number[];
}

const TOOLS = {
  unzip: { probe: ['-v'], test: ['-tqq'] },
  '7z': { probe: ['i'], test: ['t'] },
  bsdtar: { probe: ['--version'], test: ['-xOf'] },
  python3: { probe: ['--version'], test: [] },
} as const;

type ToolName = keyof typeof TOOLS;

const toolsHere = new Map<ToolName, Promise<boolean>>();

/** Whether a tool is on this machine. */
export function isHere(name: ToolName): Promise<boolean> {
  const found = toolsHere.get(name) ?? isToolHere({ name, probe: TOOLS[name].probe });
  toolsHere.set(name, found);
  return found;
}

/**
 * Reads a ZIP completely with every tool that is on this machine; rejects if one refuses it or
 * warns. Returns the names of the tools.
 */
export async function openWithTools(path: string): Promise<string[]> {
  const opened = await Promise.all(
    (['unzip', '7z', 'bsdtar'] as const).map(async (name) => {
      if (!(await isHere(name))) return [];
      await expectQuiet(name, [...TOOLS[name].test, path]);
      return [name];
    }),
  );
  return opened.flat();
}

/** What a tool prints to standard output is not kept: it may be the whole content. */
async function expectQuiet(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0 || complaint !== '') throw new Error(`${command} ended with ${code}: ${complaint}`);
}

/** Null if Python is not on this machine. */
export async function listWithPython(path: string, mode: 'test' | 'list'): Promise<PythonListing | null> {
  if (!(await isHere('python3'))) return null;
  const { stdout } = await run('python3', ['-c', PYTHON, path, mode], { maxBuffer: Number.POSITIVE_INFINITY });
  const [bad, flags, count, names, sizes] = JSON.parse(stdout) as [string | null, number[], number, string[], number[]];
  return { bad, flags, count, names, sizes };
}
