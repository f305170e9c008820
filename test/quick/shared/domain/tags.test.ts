import { expect, test } from 'vitest';
import { distinctTags, hasTag, isSameTag, parseTags, spellTags } from '../../../../shared/domain/tags.ts';

test('tags that differ in case, width or space around them are the same', () => {
  expect(isSameTag('Formal', ' formal ')).toBe(true);
  expect(isSameTag('ＡＢＣ', 'abc')).toBe(true);
  expect(isSameTag('formal', 'formals')).toBe(false);
  expect(hasTag(['Winter'], 'winter')).toBe(true);
});

test('the first spelling is kept', () => {
  expect(distinctTags(['Formal', 'winter', 'formal', 'WINTER'])).toEqual(['Formal', 'winter']);
});

test('a known spelling is used, and nothing is added', () => {
  expect(spellTags(['FORMAL', 'New'], ['Formal', 'formal', 'summer'])).toEqual(['Formal', 'New']);
});

test('typed tags are separated by commas, trimmed, and listed once', () => {
  expect(parseTags(' formal, winter,,Formal ')).toEqual(['formal', 'winter']);
  expect(parseTags('formal\nsummer', ['Formal'])).toEqual(['Formal', 'summer']);
});
