import { describe, expect, test } from 'vitest';
import { fileNameSchema, lineSchema, textSchema, trimmedLineSchema } from '../../../../shared/lib/text.ts';

const controls = ['\u0000', '\u0007', '\u007f', '\u0085'];
const surrogates = ['\ud800', '\udc00'];
const directions = ['\u202a', '\u202e', '\u2066', '\u2069'];
const noncharacters = ['\ufdd0', '\ufffe', '\uffff', '\u{1fffe}'];

describe('texts', () => {
  test.each([...controls, ...surrogates, ...directions, ...noncharacters])('refuse %j', (character) => {
    for (const schema of [lineSchema, trimmedLineSchema, textSchema]) {
      expect(schema.safeParse(`a${character}b`).success).toBe(false);
    }
  });

  test.each(['\u200c', '\u200d', '\u200e', '\u200f', '😀', '白い', 'e\u0301'])('keep %j', (character) => {
    for (const schema of [lineSchema, trimmedLineSchema, textSchema]) {
      expect(schema.parse(`a${character}b`)).toBe(`a${character}b`);
    }
  });

  test('have line breaks and tabs only where several lines are allowed', () => {
    for (const space of ['\n', '\r\n', '\t', '\u2028', '\u2029']) {
      expect(textSchema.parse(`a${space}b`)).toBe(`a${space}b`);
      expect(lineSchema.safeParse(`a${space}b`).success).toBe(false);
      expect(trimmedLineSchema.parse(` a${space}`)).toBe('a');
    }
  });
});

test.each([
  ['evil\u202egnp.gab', 'evil_gnp.gab'],
  ['a\u0000b\n.gab', 'ab.gab'],
  ['a\u2028b\ufffe.gab', 'ab.gab'],
  ['\ud800.gab', '\ufffd.gab'],
  ['نام\u200cها.gab', 'نام\u200cها.gab'],
])('the file name %j is kept as %j', (sent, kept) => {
  expect(fileNameSchema.parse(sent)).toBe(kept);
});
