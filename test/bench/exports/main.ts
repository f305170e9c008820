import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureLine } from '../figures.ts';
import { measureExportMemory } from './measure-memory.ts';
import { measureExportSpeed } from './measure-speed.ts';

// What writing an export to one ZIP costs, from local files: speed against other tools, and memory.
// Needs 5 GB in the folder for temporary files. One line per figure: NAME VALUE GOAL met|missed.

const folder = await mkdtemp(join(tmpdir(), 'gabinet-bench-'));
try {
  for (const measure of [measureExportSpeed, measureExportMemory])
    for (const figure of await measure(folder)) process.stdout.write(`${figureLine(figure)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
