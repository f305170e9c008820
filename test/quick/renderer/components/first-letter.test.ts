import { expect, test } from 'vitest';
import { firstLetter } from '../../../../renderer/components/first-letter.ts';

test.each([
  ['mara', 'M'],
  ['  e\u0301lodie', 'E\u0301'],
  ['👩🏽‍🎨 painter', '👩🏽‍🎨'],
  ['白い', '白'],
  ['  ', ''],
])('the first letter of %j is %j', (text, letter) => {
  expect(firstLetter(text)).toBe(letter);
});
