import { expect, test } from 'vitest';
import { neighborOf } from '../../../../renderer/features/project/neighbor-rules.ts';

test.each([
  ['the next one', 'b', ['a', 'c', 'd'], 'c'],
  ['the one before the last', 'd', ['a', 'b', 'c'], 'c'],
  ['the nearest that is left', 'b', ['a', 'd'], 'd'],
  ['nothing, if nothing is left', 'a', [], null],
])('the neighbor of a removed one is %s', (_title, removed, after, neighbor) => {
  expect(neighborOf(removed, ['a', 'b', 'c', 'd'], after)).toBe(neighbor);
});
