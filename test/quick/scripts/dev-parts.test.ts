import { expect, test } from 'vitest';
import { partsOf, watchedSources } from '../../../scripts/dev-parts.ts';

test.each([
  ['server/app.ts', ['server']],
  ['main/compose.ts', ['shell']],
  ['main/db/migrations/0001_more.sql', ['shell']],
  ['node/atomic-file.ts', ['server', 'shell']],
  ['shared/gab/report.ts', ['server', 'shell', 'preview']],
  ['renderer/preview-frame/face/mouth.ts', ['preview']],
  ['renderer/app/app.tsx', []],
  ['main/README.md', []],
  ['server/tsconfig.json', []],
])('a change of %s loads again: %j', (path, parts) => {
  expect(partsOf(path)).toEqual(parts);
});

test('every source is watched once', () => {
  expect(watchedSources).toContain('shared/');
  expect(new Set(watchedSources).size).toBe(watchedSources.length);
});
