import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../../node/error-code.ts';

/** The page of the preview's frame, as the build names it. */
export const PREVIEW_PAGE = '/preview.html';
const PREVIEW_ENTRY = 'preview.html';
/** What the build wrote, and from what: Vite's manifest. */
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
 * Whether a path names one of the files that the preview's frame is made of. They are public code, and the only thing that is
 * ever answered without a session: exactly what the build says that `preview.html` loads, nothing that merely lies beside it.
 */
export async function isFrameFile(frameDir: string, pathname: string): Promise<boolean> {
  if (!pathname.startsWith('/assets/')) return false;
  // Read each time: a build that replaces the frame under a running shell replaces the list, too.
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
