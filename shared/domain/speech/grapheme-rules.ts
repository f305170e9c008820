import { soundsOf } from './sounds.ts';
import type { Sound } from './timeline.ts';

/** Letters and the sounds they stand for. */
export interface GraphemeRule {
  /** Matched at the current position; anchors and lookarounds are allowed. */
  readonly pattern: RegExp;
  readonly sounds: readonly Sound[];
}

/**
 * Parses rules from lines of "pattern = sounds". The first match wins. Patterns are regular
 * expressions for one lower-case word.
 */
export function graphemeRules(lines: string): readonly GraphemeRule[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      // The last equals sign: lookarounds also contain one, but visemes don't.
      const equals = line.lastIndexOf('=');
      const pattern = new RegExp(line.slice(0, equals).trim(), 'uy');
      return { pattern, sounds: soundsOf(line.slice(equals + 1).trim()) };
    });
}

/**
 * Reads one lower-case word by rules. Letters that no rule matches are passed to `fallback`, one by
 * one.
 */
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
