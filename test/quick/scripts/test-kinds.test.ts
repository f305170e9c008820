import { describe, expect, test } from 'vitest';
import { findChain, misplacedTests } from '../../../scripts/test-kinds.ts';

const graph = new Map([
  ['test/quick/a.test.ts', ['vitest', 'test/support/words.ts', 'main/rules.ts']],
  ['test/quick/b.test.ts', ['vitest', 'test/support/folder.ts']],
  ['test/component/b.test.ts', ['test/support/folder.ts', 'test/support/server.ts']],
  ['test/integration/b.test.ts', ['test/support/server.ts']],
  ['test/support/words.ts', ['test/support/words.ts', 'node:crypto']],
  ['test/support/folder.ts', ['test/support/words.ts', 'node:fs/promises']],
  ['test/support/server.ts', ['pg']],
  ['main/rules.ts', ['zod']],
]);

describe('findChain', () => {
  test('finds the import chain to a module and to a part of a package', () => {
    expect(findChain(graph, 'test/quick/b.test.ts', ['node:fs'])).toEqual([
      'test/quick/b.test.ts',
      'test/support/folder.ts',
      'node:fs/promises',
    ]);
  });

  test('does not confuse packages whose names begin alike', () => {
    expect(findChain(new Map([['a.ts', ['pg-types']]]), 'a.ts', ['pg'])).toBeNull();
  });

  test('terminates if files import each other', () => {
    expect(findChain(graph, 'test/quick/a.test.ts', ['node:fs'])).toBeNull();
  });
});

describe('misplacedTests', () => {
  test('names each test that loads something its kind must not, with the import chain', () => {
    expect(misplacedTests(graph)).toEqual([
      'test/quick/b.test.ts may not be in test/quick/: test/support/folder.ts -> node:fs/promises',
      'test/component/b.test.ts may not be in test/component/: test/support/server.ts -> pg',
    ]);
  });
});
