import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../../node/error-code.ts';

/** Name of the preview frame's page in the build. */
export const PREVIEW_PAGE = '/preview.html';
const PREVIEW_ENTRY = 'preview.html';
/** Vite's manifest: the built files and their sources. */
const BUILD_FILES = 'build-files.json';

interface BuiltChunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

type BuildFiles = Readonly<Record<string, BuiltChunk>>;

/**
 * Whether a path names one of the preview frame's files. They are public code, and the only files
 * that are served without a session: exactly those that `preview.html` loads according to the
 * build, not others in the same folder.
 */
export async function isFrameFile(frameDir: string, pathname: string): Promise<boolean> {
  if (!pathname.startsWith('/assets/')) return false;
  // Read each time, because a new build may replace the frame while the shell runs.
  const text = await readFile(join(frameDir, BUILD_FILES), 'utf8').catch(ifMissing('{}'));
  return filesOf(JSON.parse(text) as BuildFiles, PREVIEW_ENTRY).has(pathname.slice(1));
}

function filesOf(chunks: BuildFiles, entry: string): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const queue = [entry];
  for (const name of queue) {
    const chunk = chunks[name];
    if (chunk === undefined || seen.has(name)) continue;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    queue.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []));
  }
  return files;
}
