import { soundsOf } from './sounds.ts';
import type { Sound } from './timeline.ts';

const CONSONANTS = ['DD', 'nn', 'kk', 'SS', 'PP', 'RR', 'CH', 'FF'] as const;
const VOWELS = ['aa', 'E', 'O', 'I', 'U'] as const;
/** Scripts in which one sign is a syllable: Han, Hangul and Yi. */
const SYLLABIC = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Yi}]/u;
/** A prime number, so that neighbors in the code chart get different sounds. */
const SPREAD = 7;

/**
 * Returns a plausible movement for a sign that no rule matches, always the same one for the same
 * sign. In alphabets, every second code point is a vowel, so that the mouth opens and closes as in
 * real words.
 */
export function readUnknown(character: string): Sound[] {
  const code = character.codePointAt(0) ?? 0;
  const vowel = VOWELS[(code * SPREAD) % VOWELS.length] ?? 'aa';
  const consonant = CONSONANTS[(code * SPREAD) % CONSONANTS.length] ?? 'DD';
  if (SYLLABIC.test(character)) return soundsOf(`${consonant} ${vowel}`);
  return soundsOf(code % 2 === 0 ? vowel : consonant);
}
