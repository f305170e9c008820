import { soundsOf } from './sounds.ts';
import type { Sound } from './timeline.ts';

/** In Unicode, katakana follow the hiragana at this distance, in the same order. */
const KATAKANA_OFFSET = 0x60;
/** A small tsu delays the next consonant. */
const HELD_BREATH_MS = 90;

/**
 * Rows of the syllabary: the consonant, then its signs in the order a i u e o, with `.` for missing
 * ones.
 */
const ROWS: readonly (readonly [string, string])[] = [
  ['', 'あいうえお'],
  ['', 'ぁぃぅぇぉ'],
  ['kk', 'かきくけこ'],
  ['kk', 'がぎぐげご'],
  ['SS', 'さ.すせそ'],
  ['CH', '.し...'],
  ['SS', 'ざ.ずぜぞ'],
  ['CH', '.じ...'],
  ['DD', 'た..てと'],
  ['CH', '.ち...'],
  ['SS', '..つ..'],
  ['DD', 'だ..でど'],
  ['CH', '.ぢ...'],
  ['SS', '..づ..'],
  ['nn', 'なにぬねの'],
  ['', 'はひ.へほ'],
  ['FF', '..ふ..'],
  ['PP', 'ばびぶべぼ'],
  ['PP', 'ぱぴぷぺぽ'],
  ['PP', 'まみむめも'],
  ['I', 'や.ゆ.よ'],
  ['RR', 'らりるれろ'],
  ['U', 'わゐ.ゑを'],
  ['FF', '..ゔ..'],
];
const VOWELS = ['aa', 'I', 'U', 'E', 'O'];
/** These replace the vowel of a preceding sign of the i column: き + ゃ is "kya". */
const GLIDES: ReadonlyMap<string, string> = new Map([
  ['ゃ', 'aa'],
  ['ゅ', 'U'],
  ['ょ', 'O'],
]);

const SYLLABLES: ReadonlyMap<string, readonly Sound[]> = new Map([
  ...ROWS.flatMap(([consonant, signs]) =>
    Array.from(signs).flatMap((sign, column) =>
      sign === '.' ? [] : [[sign, soundsOf(`${consonant} ${VOWELS[column] ?? 'aa'}`)] as const],
    ),
  ),
  ['ん', soundsOf('nn')] as const,
]);

export function isKana(text: string): boolean {
  return /^[\u3041-\u309f\u30a0-\u30ff]+$/u.test(text);
}

/** Reads hiragana and katakana, one beat per sign. */
export function readKana(text: string): Sound[] {
  const sounds: Sound[] = [];
  for (const sign of toHiragana(text)) addSign(sounds, sign);
  return sounds;
}

function addSign(sounds: Sound[], sign: string): void {
  const last = sounds.at(-1);
  const glide = GLIDES.get(sign);
  if (glide !== undefined) sounds.splice(-1, 1, ...soundsOf(glide));
  else if (sign === 'っ') sounds.push({ viseme: 'sil', durationMs: HELD_BREATH_MS });
  else if (sign === 'ー' && last) sounds.push(last);
  else sounds.push(...(SYLLABLES.get(sign) ?? []));
}

function toHiragana(text: string): string {
  return text.replace(/[\u30a1-\u30f6]/gu, (sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? 0) - KATAKANA_OFFSET),
  );
}

export const japaneseDigits = 'ぜろ いち に さん よん ご ろく なな はち きゅう'.split(' ');
