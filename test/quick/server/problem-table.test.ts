import { expect, test } from 'vitest';
import { PROBLEM_TABLE } from '../../../server/failures/problem-table.ts';
import { problemCodes } from '../../../shared/domain/problem-codes.ts';

test.each(problemCodes)('%s has an error status, a title and a hint', (code) => {
  const { status, title, hint } = PROBLEM_TABLE[code];
  expect(status).toBeGreaterThanOrEqual(400);
  expect(title).not.toBe('');
  expect(hint).toMatch(/\.$/);
});
