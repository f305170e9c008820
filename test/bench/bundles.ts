import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBigBundle } from './big-bundle.ts';
import { figureLine, note } from './figures.ts';
import { measureBlocking } from './measure-blocking.ts';
import { measureMemory } from './measure-memory.ts';
import { measureSpeed } from './measure-speed.ts';
import { measureThumbnail } from './measure-thumbnail.ts';
import { measureWindow } from './measure-window.ts';

// Measures what checking bundles costs, against the goals of docs/performance.md. Prints one line
// per figure: NAME VALUE GOAL met|missed.

const folder = await mkdtemp(join(tmpdir(), 'gabinet-bench-'));
try {
  const path = join(folder, 'big.gab');
  const bytes = buildBigBundle();
  await writeFile(path, bytes);
  note(`${path}: ${bytes.byteLength} bytes`);
  for (const measure of [measureSpeed, measureBlocking, measureMemory, measureThumbnail, measureWindow]) {
    for (const figure of await measure({ path, folder })) process.stdout.write(`${figureLine(figure)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
