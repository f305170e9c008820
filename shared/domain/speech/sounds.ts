import type { Viseme } from '../../gab/manifest/manifest.ts';
import type { Sound } from './timeline.ts';

/** Durations in milliseconds for a calm speaker, about 13 sounds per second. */
const VOWEL_MS = 115;
const LONG_VOWEL_MS = 165;
const CONSONANT_MS = 70;

const VOWELS: ReadonlySet<Viseme> = new Set(['aa', 'E', 'I', 'O', 'U']);

/**
 * Parses sounds as rules write them, "kk FF I:" for "quie"; `:` after a vowel makes it long. A test
 * checks that rules contain only visemes.
 */
export function soundsOf(names: string): Sound[] {
  return names.split(' ').flatMap((name) => (name === '' ? [] : [toSound(name)]));
}

function toSound(name: string): Sound {
  const isLong = name.endsWith(':');
  const viseme = (isLong ? name.slice(0, -1) : name) as Viseme;
  if (!VOWELS.has(viseme)) return { viseme, durationMs: CONSONANT_MS };
  return { viseme, durationMs: isLong ? LONG_VOWEL_MS : VOWEL_MS };
}
