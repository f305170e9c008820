import { soundsOf } from './sounds.ts';
import type { Sound } from './timeline.ts';

/** Letters and the sounds that they stand for. */
export interface GraphemeRule {
  /** Matched at the place that is read; anchors and looks around are allowed. */
  readonly pattern: RegExp;
  readonly sounds: readonly Sound[];
}

/** Rules from lines of "pattern = sounds", the first that fits wins. Patterns are regular expressions over one lower-case word. */
export function graphemeRules(lines: string): readonly GraphemeRule[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      // The last one: looks around have an equals sign of their own, visemes have none.
      const equals = line.lastIndexOf('=');
      const pattern = new RegExp(line.slice(0, equals).trim(), 'uy');
      return { pattern, sounds: soundsOf(line.slice(equals + 1).trim()) };
    });
}

/** Reads one lower-case word by rules; what no rule knows is handed to `fallback`, letter by letter. */
export function readWord(
  word: string,
  rules: readonly GraphemeRule[],
  fallback: (character: string) => readonly Sound[],
): Sound[] {
  const sounds: Sound[] = [];
  let at = 0;
  while (at < word.length) {
    const match = matchAt(word, at, rules);
    if (match) {
      sounds.push(...match.sounds);
      at += match.length;
      continue;
    }
    const character = String.fromCodePoint(word.codePointAt(at) ?? 0);
    sounds.push(...fallback(character));
    at += character.length;
  }
  return sounds;
}

function matchAt(word: string, at: number, rules: readonly GraphemeRule[]) {
  for (const { pattern, sounds } of rules) {
    pattern.lastIndex = at;
    const length = pattern.exec(word)?.[0].length ?? 0;
    if (length > 0) return { sounds, length };
  }
  return null;
}
