import { describe, expect, test } from 'vitest';
import { findPhrases } from '../../../scripts/language/find-phrases.ts';
import { findWideLines } from '../../../scripts/language/wrapping.ts';

function phrasesIn(source: string, path = 'main/example.ts'): string[] {
  return findPhrases(path, source).map(({ phrase }) => phrase);
}

describe('findPhrases', () => {
  test.each([
    ['/** Answers the path. */', 'Answers'],
    ['// The path; answers null.', 'answers'],
    ["test('answers the whole file', run);", 'answers'],
    ['// The screen is told of it.', 'told'],
    ['// Tells which format it is.', 'Tells'],
    ['// Whoever asks first.', 'Whoever'],
    ['// It is started anew.', 'anew'],
    ['// It is sent by itself.', 'by itself'],
    ['// Nobody needs it any more.', 'any more'],
    ['// The file lies in the cache.', 'lies in'],
    ['// The name stands in the header.', 'stands in'],
    ['// The upload goes on.', 'goes on'],
    ['// What happened meanwhile.', 'meanwhile'],
    ['// In a folder of its own.', 'folder of its own'],
    ['// Null: the file is no bundle.', 'is no'],
    ['// Null if the file is none.', 'is none'],
    ['// An operation made upon that row.', 'upon'],
    ['// One line a check.', 'One line a check'],
    ['// Streams what waits in the outbox.', 'what waits'],
    ['// What was sent before stays.', 'What was'],
    ['// What became of it.', 'What became of'],
    ['const text = `It goes on`;', 'goes on'],
    ['const view = <p>It goes on.</p>;', 'goes on'],
  ])('finds the phrase in %s', (source, phrase) => {
    expect(phrasesIn(source, 'main/example.tsx')).toEqual([phrase]);
  });

  test.each([
    '// The server answers with 404.',
    '// There is no bundle, and there may be no other.',
    '// The file is no longer used, and is no larger than the limit.',
    '// The two cannot be told apart.',
    '// One request at a time, once an hour.',
    '// The value lies between 0 and 1.',
    '// Stands in for the network.',
    '// Goes on the queue. Any more than three is too many.',
    '// Meanwhile, the other process continues.',
    'const answers = await goesOn(anew);',
    "import { a } from './whatever.ts';",
    "const [is, no] = ['is', 'no bundle'];",
  ])('leaves ordinary English and code alone: %s', (source) => {
    expect(phrasesIn(source)).toEqual([]);
  });

  test('finds a phrase across the lines of a comment, with the line on which it begins', () => {
    const source = '\n/**\n * The file is\n * no bundle.\n */\n// It goes\n// on.\n';
    expect(findPhrases('main/example.ts', source)).toMatchObject([
      { line: 3, phrase: 'is no' },
      { line: 6, phrase: 'goes on' },
    ]);
  });

  test('finds nothing across a blank line', () => {
    expect(phrasesIn('The file is\n\nno bundle.', 'docs/example.md')).toEqual([]);
  });

  test('finds a screen label in comments only', () => {
    expect(phrasesIn("// It goes live.\nconst label = 'It goes live';")).toEqual(['goes live']);
  });

  test('finds identifiers that say nothing', () => {
    expect(phrasesIn('class Queue { #hold = strangerTo(other.known); }')).toEqual(['hold', 'strangerTo', 'known']);
  });

  test('leaves inline code in Markdown alone', () => {
    expect(phrasesIn('Not `goes on` but continues.', 'docs/example.md')).toEqual([]);
  });
});

describe('findWideLines', () => {
  const wide = 'word '.repeat(21).trimEnd();

  test('reports prose above 100 columns', () => {
    expect(findWideLines('a.md', `short\n${wide}`)).toMatchObject([{ line: 2, phrase: '104 columns' }]);
  });

  test('lets tables and code blocks have 160 columns', () => {
    expect(findWideLines('a.md', `| ${wide} |\n\`\`\`\n${wide}\n\`\`\`\n`)).toEqual([]);
    expect(findWideLines('a.md', `| ${wide} ${wide} |`)).toMatchObject([{ line: 1 }]);
  });

  test('accepts a line that cannot be broken', () => {
    expect(findWideLines('a.md', `- ${'x'.repeat(120)}`)).toEqual([]);
  });
});
