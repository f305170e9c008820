import type { LanguageFinding } from './find-phrases.ts';

const PROSE_COLUMNS = 100;
const TABLE_COLUMNS = 160;

/** A line that cannot be broken: one word, with the marks of a list or a link around it. */
function isOneWord(line: string): boolean {
  return !/\S\s+\S/.test(line.trim().replace(/^(?:[-*>]|\d+\.)\s+/, ''));
}

/** Lines of a Markdown file that are too wide; tables and code blocks may be wider than prose. */
export function findWideLines(path: string, source: string): LanguageFinding[] {
  let isCode = false;
  return source.split('\n').flatMap((line, index) => {
    const isFence = /^\s*(?:```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    const isWide = isCode || isFence || line.trimStart().startsWith('|');
    const limit = isWide ? TABLE_COLUMNS : PROSE_COLUMNS;
    const width = line.length;
    if (width <= limit || isOneWord(line)) return [];
    const instead = isWide ? `at most ${limit}; a wider table becomes a list` : `at most ${limit}`;
    return [{ path, line: index + 1, phrase: `${width} columns`, instead }];
  });
}
