import { englishDigits, englishRules } from './english.ts';
import { germanDigits, germanRules } from './german.ts';
import { type GraphemeRule, readWord } from './grapheme-rules.ts';
import { isKana, japaneseDigits, readKana } from './kana.ts';
import { type Sound, type SpeechTimeline, toTimeline } from './timeline.ts';
import { readUnknown } from './unknown-script.ts';

/** Milliseconds of silence. There is none between words, because people don't pause there. */
const DIGIT_GAP_MS = 40;
const COMMA_MS = 220;
const SENTENCE_MS = 420;
/** The mouth closes before the speech ends. */
const END_MS = 120;

type SpokenLanguage = 'de' | 'en' | 'ja';

interface Spelling {
  readonly rules: readonly GraphemeRule[];
  readonly digits: readonly string[];
}

const SPELLINGS: Readonly<Record<SpokenLanguage, Spelling>> = {
  de: { rules: germanRules, digits: germanDigits },
  en: { rules: englishRules, digits: englishDigits },
  // Latin words in Japanese text are mostly English ones.
  ja: { rules: englishRules, digits: japaneseDigits },
};

/**
 * Words, single digits, kana without the surrounding kanji, and punctuation that causes a pause.
 */
const TOKENS =
  /[\u3041-\u309f\u30a0-\u30ff]+|\p{Nd}|\p{Script=Latin}[\p{Script=Latin}\p{Mn}'’-]*|\p{L}|[.!?…。！？:;\n]+|[,、，–—()]+|\s+/gu;

/**
 * Returns approximate mouth movements for a text: German, English and Japanese kana by their
 * spelling rules, other scripts by a plausible pattern. `language` is a BCP 47 tag; without one,
 * the language is guessed from the text. Pure and deterministic.
 */
export function textToVisemes(text: string, language?: string): SpeechTimeline {
  const normal = text.normalize('NFC').toLowerCase();
  const { rules, digits } = SPELLINGS[chooseLanguage(normal, language)];
  const sounds: Sound[] = [];
  for (const [token] of normal.matchAll(TOKENS)) sounds.push(...readToken(token, { rules, digits }));
  const isEmpty = sounds.every(({ viseme }) => viseme === 'sil');
  return toTimeline(isEmpty ? [] : [...withoutOuterPauses(sounds), silence(END_MS)]);
}

function readToken(token: string, spelling: Spelling): Sound[] {
  if (/^\s/u.test(token)) return token.includes('\n') ? [silence(SENTENCE_MS)] : [];
  if (/^[.!?…。！？:;]/u.test(token)) return [silence(SENTENCE_MS)];
  if (/^[,、，–—()]/u.test(token)) return [silence(COMMA_MS)];
  if (/^\p{Nd}$/u.test(token)) return [...readDigit(token, spelling), silence(DIGIT_GAP_MS)];
  if (isKana(token)) return readKana(token);
  return /^\p{Script=Latin}/u.test(token) ? readWord(token, spelling.rules, readLetter(spelling)) : readUnknown(token);
}

/** A letter with a diacritic that no rule names is read as the plain letter: "ñ" as "n". */
function readLetter({ rules }: Spelling): (character: string) => readonly Sound[] {
  return (character) => {
    const plain = character.normalize('NFD').replace(/\p{Mn}/gu, '');
    return plain === character || plain === '' ? readUnknown(character) : readWord(plain, rules, readUnknown);
  };
}

function readDigit(token: string, { rules, digits }: Spelling): Sound[] {
  const word = digits[digitValue(token)] ?? '';
  return isKana(word) ? readKana(word) : readWord(word, rules, readUnknown);
}

/** In every script, the decimal digits form runs of ten that start with zero. */
function digitValue(token: string): number {
  const code = token.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

function chooseLanguage(text: string, language: string | undefined): SpokenLanguage {
  if (/[\u3041-\u30ff]/u.test(text)) return 'ja';
  const named = /^(de|en|ja)\b/i.exec(language ?? '')?.[1]?.toLowerCase();
  if (named === 'de' || named === 'en' || named === 'ja') return named;
  const looksGerman = /[äöüß]|\b(?:ich|und|der|die|das|ist|nicht|ein|eine|wie|guten|hallo)\b/u.test(text);
  return looksGerman ? 'de' : 'en';
}

function silence(durationMs: number): Sound {
  return { viseme: 'sil', durationMs };
}

function withoutOuterPauses(sounds: readonly Sound[]): Sound[] {
  const first = sounds.findIndex(({ viseme }) => viseme !== 'sil');
  const last = sounds.findLastIndex(({ viseme }) => viseme !== 'sil');
  return sounds.slice(first, last + 1);
}
