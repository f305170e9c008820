import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../node/sha256.ts';

/**
 * One hash over path, size and time of change of every file below the given paths. Reads no contents: 10 ms for this project.
 * A path that is not there counts as empty.
 */
export async function fingerprintOf(baseDir: string, paths: readonly string[]): Promise<string> {
  const lists = await Promise.all(paths.map((path) => filesBelow(baseDir, path)));
  const lines = await Promise.all([...new Set(lists.flat())].map((path) => lineOf(baseDir, path)));
  return sha256Hex(lines.sort().join('\n'));
}

async function filesBelow(baseDir: string, path: string): Promise<string[]> {
  const facts = await stat(join(baseDir, path)).catch(() => null);
  if (facts === null) return [];
  if (facts.isFile()) return [path];
  const entries = await readdir(join(baseDir, path), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(baseDir.length + 1));
}

async function lineOf(baseDir: string, path: string): Promise<string> {
  const { size, mtimeMs } = await stat(join(baseDir, path));
  return `${path} ${size} ${mtimeMs}`;
}
