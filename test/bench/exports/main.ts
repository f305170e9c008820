import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figureLine } from '../figures.ts';
import { measureExportMemory } from './measure-memory.ts';
import { measureExportSpeed } from './measure-speed.ts';

// What writing an export to one ZIP costs, from local files: speed against other tools, and memory.
// Needs 5 GB in the folder for temporary files. One line per figure: NAME VALUE GOAL met|missed.
// `--only writer,7z,bsdtar` measures the speed of these contestants.

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'gabinet-bench-'));
try {
  const only = values.only?.split(',');
  const figures = [...(await measureExportSpeed(folder, only)), ...(await measureExportMemory(folder))];
  for (const figure of figures) process.stdout.write(`${figureLine(figure)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
