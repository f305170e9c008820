import { describe, expect, test } from 'vitest';
import { readImportGraph, runtimeImports } from '../../../scripts/import-graph.ts';
import { misplacedTests } from '../../../scripts/test-kinds.ts';

describe('runtimeImports', () => {
  test.each([
    ["import { a } from './a.ts'", ['./a.ts']],
    ["import a from './a.ts'", ['./a.ts']],
    ["import './a.ts'", ['./a.ts']],
    ["import type { A } from './a.ts'", []],
    ["import { type A } from './a.ts'", []],
    ["import { type A, b } from './a.ts'", ['./a.ts']],
    ["export { a } from './a.ts'", ['./a.ts']],
    ["export * from './a.ts'", ['./a.ts']],
    ["export type { A } from './a.ts'", []],
    ["export const a = 1; const b = await import('pg')", ['pg']],
  ])('%s', (source, expected) => {
    expect(runtimeImports('x.ts', source)).toEqual(expected);
  });
});

describe('readImportGraph', () => {
  const files: Readonly<Record<string, string>> = {
    'test/quick/main/a.test.ts': "import { b } from '../../support/b.ts';",
    'test/support/b.ts': "import sheet from './sheet.css?inline'; import { readFile } from 'node:fs/promises';",
  };

  test('follows files of the project, so that a test is known by all that it loads', () => {
    const graph = readImportGraph(['test/quick/main/a.test.ts'], (path) => files[path] ?? '');
    expect([...graph.keys()]).toEqual(['test/quick/main/a.test.ts', 'test/support/b.ts']);
    expect(misplacedTests(graph)).toEqual([
      'test/quick/main/a.test.ts may not be in test/quick/: test/support/b.ts -> node:fs/promises',
    ]);
  });
});
