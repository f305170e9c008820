import { type BannedPhrase, bannedIdentifiers, bannedPhrases } from './banned-phrases.ts';
import { type Prose, proseOf } from './prose.ts';

export interface LanguageFinding {
  readonly path: string;
  readonly line: number;
  readonly phrase: string;
  readonly instead: string;
}

/** A space in a pattern is a run of spaces with at most one line break. */
const GAP = '(?:[^\\S\\n]*\\n[^\\S\\n]*|[^\\S\\n]+)';

const compiled = bannedPhrases.map((banned) => ({
  ...banned,
  pattern: new RegExp(banned.pattern.source.replaceAll(' *', '\\s*').replaceAll(' ', GAP), `${banned.pattern.flags}g`),
}));

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

function isLinted({ notIn = [] }: BannedPhrase, path: string): boolean {
  return !notIn.some((folder) => path.startsWith(folder));
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly phrase: string;
  readonly instead: string;
}

function matchPhrases(path: string, prose: Prose): Match[] {
  return compiled
    .filter((banned) => isLinted(banned, path))
    .flatMap(({ pattern, instead, only }) =>
      [...(only ? prose.comments : prose.all).matchAll(pattern)].map(({ 0: text, index }) => ({
        start: index,
        end: index + text.length,
        phrase: text.replace(/\s+/g, ' ').trim(),
        instead,
      })),
    );
}

function matchIdentifiers({ identifiers }: Prose): Match[] {
  return identifiers.flatMap(({ name, start }) => {
    const instead = bannedIdentifiers.get(name);
    return instead === undefined ? [] : [{ start, end: start + name.length, phrase: name, instead }];
  });
}

/** All banned phrases and identifiers of one file, in file order; of two that overlap, the first. */
export function findPhrases(path: string, source: string): LanguageFinding[] {
  const prose = proseOf(path, source);
  const matches = [...matchPhrases(path, prose), ...matchIdentifiers(prose)].sort((a, b) => a.start - b.start);
  let position = 0;
  return matches.flatMap(({ start, end, phrase, instead }) => {
    if (start < position) return [];
    position = end;
    return [{ path, line: lineAt(source, start), phrase, instead }];
  });
}
