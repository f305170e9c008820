import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';
import type { ImportGraph } from './test-kinds.ts';

const SOURCE = /\.(?:ts|tsx|mjs)$/;

interface Named {
  readonly isType: boolean;
  readonly moduleRequest?: { readonly value: string } | null;
}

/**
 * Returns the specifiers that a source file imports at run time, or starts as a worker or process.
 * Types and type-only imports are left out.
 */
export function runtimeImports(path: string, source: string): readonly string[] {
  const { module } = parseSync(path, source);
  const imported = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const exported = module.staticExports
    .flatMap(({ entries }) => entries as readonly Named[])
    .flatMap(({ isType, moduleRequest }) => (isType || !moduleRequest ? [] : [moduleRequest.value]));
  const dynamic = module.dynamicImports
    .map(({ moduleRequest: { start, end } }) => source.slice(start, end))
    .flatMap((text) => (/^'[^']+'$/.test(text) ? [text.slice(1, -1)] : []));
  const started = [...source.matchAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g)].map(
    ([, program = '']) => program,
  );
  return [...new Set([...imported, ...exported, ...dynamic, ...started])];
}

function isOwn(specifier: string): boolean {
  return specifier.startsWith('.');
}

function placed(specifier: string, importer: string): string {
  if (!isOwn(specifier)) return specifier;
  return posix.join(posix.dirname(importer), specifier.split('?')[0] ?? specifier);
}

/** Reads these files and everything they import. Paths are relative to the repository, with `/`. */
export function readImportGraph(files: readonly string[], read = (path: string) => readFileSync(path, 'utf8')) {
  const graph = new Map<string, readonly string[]>();
  const queue = [...files];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (graph.has(file)) continue;
    const importer = file;
    const specifiers = runtimeImports(file, read(file));
    const place = (specifier: string) => placed(specifier, importer);
    graph.set(file, specifiers.map(place));
    queue.push(
      ...specifiers
        .filter(isOwn)
        .map(place)
        .filter((path) => SOURCE.test(path)),
    );
  }
  return graph satisfies ImportGraph;
}
