import { describe, expect, it } from 'vitest';
import { englishRules } from '../../../../../shared/domain/speech/english.ts';
import { germanRules } from '../../../../../shared/domain/speech/german.ts';
import { readKana } from '../../../../../shared/domain/speech/kana.ts';
import { textToVisemes } from '../../../../../shared/domain/speech/text-to-visemes.ts';
import { visemes } from '../../../../../shared/gab/manifest/manifest.ts';

/** The visemes of a text without the rest at its end. */
function spoken(text: string, language?: string): string {
  const names = textToVisemes(text, language).events.map(({ viseme }) => viseme);
  return names.slice(0, -1).join(' ');
}

describe('German', () => {
  it.each([
    ['Mama', 'PP aa PP aa'],
    ['Schiff', 'CH I FF'],
    ['ich', 'I CH'],
    ['Buch', 'PP U kk'],
    ['Stein', 'CH DD aa I nn'],
    ['zwei', 'DD SS FF aa I'],
    ['schön', 'CH O nn'],
    ['Quelle', 'kk FF E nn E'],
  ])('%s', (word, expected) => {
    expect(spoken(word, 'de-DE')).toBe(expected);
  });

  it('is recognized by its letters and its words', () => {
    expect(spoken('für')).toBe(spoken('für', 'de'));
    expect(spoken('und zwei')).toBe(spoken('und zwei', 'de'));
  });
});

describe('English', () => {
  it.each([
    ['mama', 'PP aa PP aa'],
    ['ship', 'CH I PP'],
    ['cheese', 'CH I SS'],
    ['make', 'PP E I kk'],
    ['the', 'TH E'],
    ['we', 'U I'],
    ['right', 'RR aa I DD'],
    ['nation', 'nn aa CH nn'],
    ['city', 'SS I DD I'],
  ])('%s', (word, expected) => {
    expect(spoken(word, 'en')).toBe(expected);
  });
});

describe('Japanese', () => {
  it.each([
    ['さくら', 'SS aa kk U RR aa'],
    ['サクラ', 'SS aa kk U RR aa'],
    ['きゃく', 'kk aa kk U'],
    ['まって', 'PP aa sil DD E'],
    ['こんにちは', 'kk O nn I CH I aa'],
  ])('%s', (word, expected) => {
    expect(spoken(word)).toBe(expected);
  });

  it('lengthens a vowel that has a dash', () => {
    const [short, long] = ['か', 'かー'].map((word) =>
      readKana(word).reduce((sum, { durationMs }) => sum + durationMs, 0),
    );
    expect(long).toBeGreaterThan(short ?? 0);
  });
});

describe('numbers, pauses and other scripts', () => {
  it('reads digits of any script one by one, in the language', () => {
    expect(spoken('2', 'de')).toBe(spoken('zwei', 'de'));
    expect(spoken('2', 'en')).toBe(spoken('two', 'en'));
    expect(spoken('2', 'ja')).toBe(spoken('に'));
    expect(spoken('٢', 'en')).toBe(spoken('two', 'en'));
  });

  it('pauses at punctuation, longer at the end of a sentence, and not between words', () => {
    const pauseOf = (text: string) =>
      textToVisemes(text, 'en')
        .events.slice(0, -1)
        .find(({ viseme }) => viseme === 'sil')?.durationMs ?? 0;
    expect(pauseOf('ma ba')).toBe(0);
    expect(pauseOf('ma, ba')).toBeGreaterThan(100);
    expect(pauseOf('ma. ba')).toBeGreaterThan(pauseOf('ma, ba'));
  });

  it.each(['Привет мир', '안녕하세요', '世界平和', 'γειά σου'])('opens and closes the mouth for %s', (text) => {
    const used = new Set(textToVisemes(text).events.map(({ viseme }) => viseme));
    expect(used.size).toBeGreaterThan(2);
    expect(textToVisemes(text)).toEqual(textToVisemes(text));
  });

  it.each(['', '   ', '...', '!?', '🙂'])('is silent for %j', (text) => {
    expect(textToVisemes(text)).toEqual({ events: [], totalMs: 0 });
  });

  it('reads a letter with an unknown diacritic as the plain letter', () => {
    expect(spoken('señor', 'en')).toBe(spoken('senor', 'en'));
  });
});

describe('spelling rules', () => {
  it('contain only visemes', () => {
    for (const { sounds } of [...germanRules, ...englishRules])
      for (const { viseme, durationMs } of sounds) {
        expect(visemes).toContain(viseme);
        expect(durationMs).toBeGreaterThan(0);
      }
  });
});
