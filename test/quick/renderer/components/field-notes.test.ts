import { expect, test } from 'vitest';
import { countText, isTooLong } from '../../../../renderer/components/field-notes.tsx';

test('a limit is counted from 80 percent of it on', () => {
  expect(countText('x'.repeat(63), 80)).toBeNull();
  expect(countText('x'.repeat(64), 80)).toBe('64 of 80 characters');
  expect(countText('x'.repeat(81), 80)).toBe('81 of 80 characters');
  expect(countText('x'.repeat(9999), undefined)).toBeNull();
});

test('a text is too long above its limit only', () => {
  expect([isTooLong('x'.repeat(80), 80), isTooLong('x'.repeat(81), 80)]).toEqual([false, true]);
  expect(isTooLong('x', undefined)).toBe(false);
});
