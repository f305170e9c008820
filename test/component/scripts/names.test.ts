import { expect, test } from 'vitest';
import { equalNames, exportedNames } from '../../../scripts/check-names.ts';

function namesIn(source: string): string[] {
  return exportedNames('a.ts', source).map(({ name }) => name);
}

test('values and types that a file declares are its exported names', () => {
  expect(namesIn('export const a = 1; export interface B {} const c = 2; export { c as d }; const e = 3;')).toEqual([
    'a',
    'B',
    'd',
  ]);
});

test('a re-export is not a second name', () => {
  const source = "import { a } from './a.ts'; export { a }; export { b } from './b.ts'; export * from './c.ts';";
  expect(namesIn(source)).toEqual([]);
});

test('a type and a value of one name in one file are one name', () => {
  expect(namesIn('export const a = 1; export type a = 1;')).toEqual(['a']);
});

test('a drizzle table may share its name', () => {
  expect(namesIn("export const avatars = pgTable('avatars', {});")).toEqual([]);
});

test('equal names are found with all their places', () => {
  const first = exportedNames('a.ts', '\nexport const a = 1;');
  const second = exportedNames('b.ts', 'export interface a {} export const b = 2;');
  expect([...equalNames([...first, ...second])]).toEqual([
    [
      'a',
      [
        { name: 'a', path: 'a.ts', line: 2 },
        { name: 'a', path: 'b.ts', line: 1 },
      ],
    ],
  ]);
});
