const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The first letter in upper case, as people see it: an emoji with its skin tone, a letter with its
 * accents. An empty string if there is no text.
 */
export function firstLetter(text: string): string {
  for (const { segment } of graphemes.segment(text.trim())) return segment.toLocaleUpperCase();
  return '';
}
