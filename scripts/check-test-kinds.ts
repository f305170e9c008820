import { globSync } from 'node:fs';
import { readImportGraph } from './import-graph.ts';
import { misplacedTests } from './test-kinds.ts';

/** Fewer tests than this means that none were found, so that passing would mean nothing. */
const TEST_FLOOR = 150;

function main(): void {
  const files = globSync('test/**/*.test.ts').map((path) => path.replaceAll('\\', '/'));
  const misplaced = misplacedTests(readImportGraph(files));
  for (const line of misplaced) console.error(line);
  if (files.length < TEST_FLOOR) console.error(`only ${files.length} tests were read, fewer than ${TEST_FLOOR}`);
  console.log(`${files.length} test files, ${misplaced.length} of them in the wrong folder`);
  process.exitCode = misplaced.length === 0 && files.length >= TEST_FLOOR ? 0 : 1;
}

if (import.meta.main) main();
