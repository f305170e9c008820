import { findChain, type ImportGraph } from './test-kinds.ts';

const SOURCE = /\.(?:ts|tsx|mjs)$/;
/** Files that no test depends on. */
const WITHOUT_EFFECT = /\.md$|^(?:docs|test\/e2e|test\/bench|renderer\/.*\.css$)/;

/**
 * Returns the tests that load one of the changed files. Returns all of them if anything but a
 * source file in a folder changed.
 */
export function affectedTests(graph: ImportGraph, tests: readonly string[], changed: readonly string[]) {
  const effective = changed.filter((path) => !WITHOUT_EFFECT.test(path));
  if (effective.some((path) => !SOURCE.test(path) || !path.includes('/'))) return tests;
  return tests.filter((test) => effective.includes(test) || findChain(graph, test, effective) !== null);
}
