import { expect, test } from 'vitest';
import { nameProblem } from '../../../../renderer/features/sidebar/name-rules.ts';

test('a taken name is explained beside it in the server’s sentence, other failures in full', () => {
  expect(nameProblem(null)).toBeNull();
  expect(nameProblem({ code: 'project_name_taken', detail: 'Already used.' })).toBe('Already used.');
  expect(nameProblem({ code: 'offline', serverUrl: 'https://gabinet.example', status: null })).toContain(
    "Can't reach the server",
  );
});
