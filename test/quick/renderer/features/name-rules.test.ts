import { expect, test } from 'vitest';
import { lengthHint, nameProblem } from '../../../../renderer/features/sidebar/name-rules.ts';
import { MAX_PROJECT_NAME_CHARS } from '../../../../shared/domain/limits.ts';

test('the limit of a project name is mentioned shortly before it is reached', () => {
  expect(lengthHint(20)).toBe('');
  expect(lengthHint(MAX_PROJECT_NAME_CHARS - 1)).toBe('119 of 120 characters');
});

test('a taken name is explained beside it in the server’s sentence, other failures in full', () => {
  expect(nameProblem(null)).toBeNull();
  expect(nameProblem({ code: 'project_name_taken', detail: 'Already used.' })).toBe('Already used.');
  expect(nameProblem({ code: 'offline', serverUrl: 'https://gabinet.example', status: null })).toContain(
    "Can't reach the server",
  );
});
